import type { ConnectionView } from '../../engine/api/views.ts';
import { startApp } from '../entries/start-app.tsx';
import type { ShellSettings, ShellView } from '../../ipc/shell-api.ts';
import { followShell } from '../client/shell/shell-store.ts';
import { FakeEngine } from './fake-engine.ts';
import { FakeShell, quietShell } from './fake-shell.ts';
import type { FakeOptions } from './fake-world.ts';
import { pseudoRtl } from './pseudo-rtl.ts';

/**
 * The app over the fake engine, for looking at it without a server. The address says what to show:
 * `?scene=empty&storage=memory&server=fixed&connection=offline&accounts=2`. `window.fake` is the engine. With
 * `shell=mac&keychain=missing&notify=off&tray=none` as the desktop app shows it; `window.shell` is that.
 */
const wanted = new URLSearchParams(location.search);
const now = Date.now();

const connections: Record<string, ConnectionView> = {
  current: { kind: 'current', asOf: now },
  'catching-up': { kind: 'catching-up', done: 9, total: 14 },
  checking: { kind: 'checking', asOf: now - 120_000 },
  offline: { kind: 'offline', since: now },
  'no-answer': { kind: 'no-answer', retryAt: now + 8000 },
  'signed-out': { kind: 'signed-out' },
  'update-client': { kind: 'update-needed', which: 'client' },
  'update-server': { kind: 'update-needed', which: 'server' },
};

const platforms: readonly ShellView['platform'][] = ['mac', 'windows', 'linux'];

const options: FakeOptions = { now, stepMs: Number(wanted.get('step') ?? 300) };
const scene = wanted.get('scene');
if (scene !== null) options.scene = scene as NonNullable<FakeOptions['scene']>;
if (wanted.get('storage') === 'memory') options.storage = 'memory';
if (wanted.get('server') === 'fixed') options.server = 'fixed';
const connection = connections[wanted.get('connection') ?? ''];
if (connection) options.connection = connection;

if (wanted.get('accounts') === '2') options.hasSecond = true;
const suggested = wanted.get('suggested');
if (suggested !== null) options.suggested = suggested;

const platform = platforms.find((known) => known === wanted.get('shell'));
const shell =
  platform &&
  new FakeShell({
    platform,
    keychain: wanted.get('keychain') === 'missing' ? 'missing' : 'open',
    canNotify: wanted.get('notify') !== 'impossible',
    hasTray: wanted.get('tray') !== 'none',
    settings: withNotices(wanted.get('notify') !== 'off'),
  });
const fake = new FakeEngine(options);
Object.assign(window, { fake, shell });
startApp(fake, { moreLanguages: [pseudoRtl], ...(shell && { shell: followShell(shell) }) });

function withNotices(isOn: boolean): ShellSettings {
  return { ...quietShell.settings, notifications: { ...quietShell.settings.notifications, isOn } };
}
