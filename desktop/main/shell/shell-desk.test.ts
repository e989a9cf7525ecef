import { EventEmitter } from 'node:events';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { settled } from '../../engine/testing/hand-clock.ts';
import type { ShellApi, ShellFact, ShellView } from '../../ipc/shell-api.ts';
import { connectShell } from '../../ipc/shell-client.ts';
import type { ShellAnswer, ShellRequest } from '../../ipc/shell-messages.ts';
import { messageSchemas } from '../ipc/message-schemas.ts';
import { defaultSettings } from '../settings/settings-schema.ts';
import { type DeskPage, ShellDesk, type ShellHandlers } from './shell-desk.ts';
import { shellSchemas } from './shell-schemas.ts';

class TestPage extends EventEmitter implements DeskPage {
  readonly heard = new Set<(message: unknown) => void>();
  isGone = false;

  send(_channel: string, message: ShellAnswer): void {
    for (const listener of this.heard) listener(structuredClone(message));
  }

  isDestroyed = () => this.isGone;
}

let view: ShellView;
let asked: [command: string, input: unknown][];
let forgotten: TestPage[];
let logged: string[];
let desk: ShellDesk<TestPage>;

beforeEach(() => {
  view = {
    platform: 'linux',
    version: '1.2.3',
    settings: defaultSettings(true),
    keychain: 'open',
    canNotify: true,
    hasTray: true,
    zoomFactor: 1,
    update: { kind: 'off' },
  };
  asked = [];
  forgotten = [];
  logged = [];
  const noting = Object.fromEntries(
    Object.keys(shellSchemas).map((command) => [
      command,
      (input: unknown) => {
        asked.push([command, input]);
        return { ok: true, value: null };
      },
    ]),
  ) as unknown as ShellHandlers<TestPage>;
  desk = new ShellDesk({
    handlers: { ...noting, tryKeychain: () => Promise.reject(new Error('secret words')) },
    view: () => view,
    onForget: (page) => void forgotten.push(page),
    log: (event) => void logged.push(event),
  });
});

/** A page, and the desktop app as it has it; what it says goes through the checks of every message. */
function openPage(): { page: TestPage; shell: ShellApi; facts: ShellFact[] } {
  const page = new TestPage();
  desk.attach(page);
  const shell = connectShell({
    ask: (request) => desk.hear(messageSchemas['shell:ask'].parse(structuredClone(request)) as ShellRequest, page),
    onTell: (listener) => {
      page.heard.add(listener);
      return () => page.heard.delete(listener);
    },
  });
  return { page, shell, facts: [] };
}

function listen(opened: ReturnType<typeof openPage>): ShellFact[] {
  opened.shell.listen((fact) => void opened.facts.push(fact));
  return opened.facts;
}

const command: ShellFact = { kind: 'command', command: 'settings' };
const addServer: ShellFact = { kind: 'add-server', address: 'chat.example.org' };

describe('a page', () => {
  test('is answered what it asked', async () => {
    const { shell } = openPage();
    expect(await shell.ask('changeSettings', { startsAtLogin: true })).toEqual({ ok: true, value: null });
    expect(asked).toEqual([['changeSettings', { startsAtLogin: true }]]);
  });

  test('hears of a failure without its words', async () => {
    expect(await openPage().shell.ask('tryKeychain', {})).toEqual({ ok: false, error: { code: 'internal' } });
    expect(logged).toHaveLength(1);
  });

  test('that listens is told the view, and then once whatever has changed in it together', async () => {
    const facts = listen(openPage());
    expect(facts).toEqual([{ kind: 'view', view }]);
    view = { ...view, canNotify: false };
    desk.showView();
    desk.showView();
    await settled();
    expect(facts.slice(1)).toEqual([{ kind: 'view', view }]);
  });

  test('is led where somebody wants to go', () => {
    const facts = listen(openPage());
    desk.lead(command);
    expect(facts.at(-1)).toEqual(command);
  });

  test('that comes late is led where the person wanted to go meanwhile, once', () => {
    desk.lead(command);
    desk.lead(addServer);
    expect(listen(openPage()).slice(1)).toEqual([command, addServer]);
    expect(listen(openPage()).slice(1)).toEqual([]);
  });

  test('that is loaded anew is told nothing before it listens again', async () => {
    const opened = openPage();
    const facts = listen(opened);
    opened.page.emit('did-navigate');
    desk.lead(command);
    desk.showView();
    await settled();
    expect(facts).toHaveLength(1);
    expect(forgotten).toEqual([opened.page]);
    listen(opened);
    expect(facts).toContainEqual(command);
  });

  test('that is gone is told nothing, and another one is led in its place', async () => {
    const gone = openPage();
    const facts = listen(gone);
    const answer = gone.shell.ask('listNotices', {});
    gone.page.isGone = true;
    gone.page.emit('destroyed');
    desk.lead(command);
    expect(facts).toHaveLength(1);
    expect(listen(openPage()).slice(1)).toEqual([command]);
    expect(await Promise.race([answer, settled().then(() => 'no answer')])).toBe('no answer');
  });
});

describe('E6', () => {
  const settings = defaultSettings(true);

  test.each<[string, unknown]>([
    ['noSuchCommand', {}],
    ['__proto__', {}],
    ['constructor', {}],
    ['changeSettings', { startsAtLogin: 'yes' }],
    ['changeSettings', { theme: 'dark' }],
    ['changeSettings', { notifications: { isOn: 'yes' } }],
    ['changeSettings', { notifications: { isLoud: true } }],
    ['changeSettings', { notifications: { ...settings.notifications, snoozedUntil: Infinity } }],
    [
      'changeSettings',
      { notifications: { ...settings.notifications, quietHours: { isOn: true, fromMinute: 1440, untilMinute: 0 } } },
    ],
    ['changeSettings', null],
    ['reportOnScreen', { shown: { account: 'a'.repeat(3000), conversationId: 'c', isAtNewest: true } }],
    ['reportOnScreen', {}],
    ['listNotices', { limit: 1 }],
    ['listLicences', []],
  ])('%s with %j is refused and reaches nobody', async (name, input) => {
    expect(await openPage().shell.ask(name as never, input as never)).toEqual({
      ok: false,
      error: { code: 'invalid_request' },
    });
    expect(asked).toEqual([]);
  });

  test('1,000 hostile values for each command are refused, answered, and throw nothing', async () => {
    const { shell } = openPage();
    const hostile = fc.oneof(
      fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withSparseArray: true }),
      fc.record({ shown: fc.anything() }),
      fc.record({ notifications: fc.anything(), __proto__: fc.anything() }),
    );
    for (const name of Object.keys(shellSchemas) as (keyof typeof shellSchemas)[]) {
      const isFit = (input: unknown) => shellSchemas[name].safeParse(input).success;
      await fc.assert(
        fc.asyncProperty(hostile, async (input) => {
          fc.pre(!isFit(input));
          expect(await shell.ask(name, input as never)).toEqual({ ok: false, error: { code: 'invalid_request' } });
        }),
        { numRuns: 1_000, seed: 6 },
      );
    }
    expect(asked).toEqual([]);
  });
});
