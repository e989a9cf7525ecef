import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { NoticeRecord, ShellSettings } from '../../ipc/shell-api.ts';
import { Settings } from '../settings/settings.ts';
import type { ShellHandlers } from './shell-desk.ts';
import { shellHandlers } from './shell-handlers.ts';

const record: NoticeRecord = {
  at: 1,
  account: 's1/ada',
  conversationId: 'c1',
  title: 'Choir',
  count: 1,
  show: 'each',
  reason: 'new-message',
};

let folder: string;
let settings: Settings;
let applied: ShellSettings[];
let canApply: boolean;
let themes: string[];
let steps: string[];
let handlers: ShellHandlers<string>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-shell-'));
  settings = new Settings({ file: join(folder, 'settings.json'), hasTray: () => true, onUnreadable() {} });
  applied = [];
  themes = [];
  steps = [];
  canApply = true;
  handlers = shellHandlers({
    settings,
    applyLogin(wanted) {
      if (!canApply) throw new Error('a disk is full');
      applied.push(wanted);
    },
    testNotification() {},
    notices: () => [record],
    showTheme: (theme) => void themes.push(theme),
    reportOnScreen() {},
    tryKeychain: async () => 'missing',
    update: (step) => void steps.push(step),
    licences: async () => [{ name: 'zod', version: '4.6.7', licence: 'MIT' }],
  });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('settings', () => {
  test('are kept, and the system hears only of what concerns it', async () => {
    expect(await handlers.changeSettings({ closesToTray: false }, 'page')).toEqual({ ok: true, value: null });
    await handlers.changeSettings({ startsHidden: false }, 'page');
    expect(applied).toEqual([]);
    await handlers.changeSettings({ startsAtLogin: true }, 'page');
    await handlers.changeSettings({ startsHidden: true }, 'page');
    await handlers.changeSettings({ startsAtLogin: true, closesToTray: true }, 'page');
    expect(applied).toMatchObject([
      { startsAtLogin: true, startsHidden: false },
      { startsAtLogin: true, startsHidden: true },
    ]);
    expect(settings.current).toMatchObject({ startsAtLogin: true, startsHidden: true, closesToTray: true });
  });

  test('that are not named stay as they are', async () => {
    await handlers.changeSettings({ notifications: { hasSound: false } }, 'page');
    await handlers.changeSettings({ notifications: { shows: 'name' } }, 'page');
    expect(settings.current.notifications).toMatchObject({ isOn: true, hasSound: false, shows: 'name' });
  });

  test('that the system does not take are not kept either', async () => {
    canApply = false;
    expect(await handlers.changeSettings({ startsAtLogin: true }, 'page')).toEqual({
      ok: false,
      error: { code: 'local_store_failed' },
    });
    expect(settings.current.startsAtLogin).toBe(false);
  });

  test('that cannot be written are refused', async () => {
    rmSync(folder, { recursive: true });
    const refused = await handlers.changeSettings({ closesToTray: false }, 'page');
    expect(refused).toMatchObject({ ok: false, error: { code: 'local_store_failed' } });
  });
});

test('the window takes the colours of the page', async () => {
  await handlers.showTheme({ theme: 'dark' }, 'page');
  expect(themes).toEqual(['dark']);
});

test('an update goes on by the step that was asked for, and nobody waits for it', async () => {
  expect(await handlers.update({ step: 'download' }, 'page')).toEqual({ ok: true, value: null });
  expect(steps).toEqual(['download']);
});

test('what was asked is answered with plain data', async () => {
  const answers = [
    await handlers.listNotices({}, 'page'),
    await handlers.tryKeychain({}, 'page'),
    await handlers.listLicences({}, 'page'),
  ];
  expect(structuredClone(answers)).toEqual([
    { ok: true, value: [record] },
    { ok: true, value: 'missing' },
    { ok: true, value: [{ name: 'zod', version: '4.6.7', licence: 'MIT' }] },
  ]);
});
