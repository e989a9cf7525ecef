import { EventEmitter } from 'node:events';
import type { IpcMain, IpcMainEvent, WebContents } from 'electron';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CommandName } from '../../engine/api/commands.ts';
import { createFakeEngine } from '../../engine/api/testing/fake-engine.ts';
import { channels } from '../../ipc/channels.ts';
import { bridgeName, type PageBridge } from '../../ipc/page-bridge.ts';
import type { Log } from '../log.ts';
import { answerPages, type Handlers } from './answer-pages.ts';
import { checkedEngine } from './checked-engine.ts';
import { commandSchemas } from './command-schemas.ts';
import { messageSchemas } from './message-schemas.ts';

const appFrame = { url: 'app://parley/index.html' };
const page = { mainFrame: appFrame } as WebContents;
const fromApp = { sender: page, senderFrame: appFrame } as IpcMainEvent;

/** Everything that a structured clone can bring, and names that objects are born with. */
const hostile = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withNullPrototype: true,
  }),
  fc.record({
    kind: fc.oneof(fc.constantFrom('call', 'subscribe', 'unsubscribe', 'ask', 'listen', '__proto__'), fc.anything()),
    id: fc.oneof(fc.integer(), fc.anything()),
    command: fc.oneof(fc.constantFrom('constructor', 'toString', '__proto__', 'signOut', 'sendMessage'), fc.anything()),
    input: fc.anything(),
  }),
);

function listen() {
  const ipc = new EventEmitter();
  const heard: unknown[] = [];
  const log = vi.fn<Log>();
  const handlers = Object.fromEntries(
    channels.toMain.map((channel) => [channel, (message: unknown) => void heard.push(message)]),
  ) as unknown as Handlers;
  answerPages(ipc as unknown as Pick<IpcMain, 'on'>, handlers, log);
  return { ipc, heard, log };
}

describe('what pages say', () => {
  it.each(channels.toMain)(
    'E6: %s takes 1,000 hostile values, and hands on none that its schema does not know',
    (channel) => {
      const { ipc, heard } = listen();
      fc.assert(
        fc.property(hostile, (value) => {
          heard.length = 0;
          ipc.emit(channel, fromApp, value);
          expect(heard).toHaveLength(messageSchemas[channel].safeParse(value).success ? 1 : 0);
        }),
        { numRuns: 1000 },
      );
    },
  );

  it('E6: is heard only from the top frame of the app itself', () => {
    const { ipc, heard, log } = listen();
    const message = { kind: 'subscribe', id: 1 };
    const frameBelow = { url: appFrame.url };
    const strangers: Partial<IpcMainEvent>[] = [
      { sender: page, senderFrame: frameBelow as never },
      { sender: page, senderFrame: null },
      ...['https://parley/', 'app://parley.evil/', 'app://evil/', 'app://me@parley/', 'file:///index.html', ''].map(
        (url) => {
          const frame = { url } as never;
          return { sender: { mainFrame: frame } as unknown as WebContents, senderFrame: frame };
        },
      ),
    ];
    for (const stranger of strangers) ipc.emit('engine:ask', stranger, message);
    expect(heard).toEqual([]);
    expect(log).toHaveBeenCalledTimes(strangers.length);
    ipc.emit('engine:ask', fromApp, message);
    expect(heard).toEqual([message]);
  });

  it('E6: has one argument', () => {
    const { ipc, heard } = listen();
    ipc.emit('engine:ask', fromApp, { kind: 'subscribe', id: 1 }, 'more');
    ipc.emit('engine:ask', fromApp);
    expect(heard).toEqual([]);
  });
});

describe('the registry', () => {
  const sent = new Set<string>();
  const heardOn = new Set<string>();
  let exposed: unknown;
  beforeEach(() => {
    vi.resetModules();
    vi.doMock('electron', () => ({
      contextBridge: { exposeInMainWorld: (name: string, api: unknown) => (exposed = { name, api }) },
      ipcRenderer: { send: (channel: string) => sent.add(channel), on: (channel: string) => heardOn.add(channel) },
    }));
  });

  it('E6: is what the preload uses, and what main has schemas and handlers for', async () => {
    await import('../../preload/preload.ts');
    const { name, api } = exposed as { name: string; api: PageBridge };
    expect(name).toBe(bridgeName);
    for (const part of Object.values(api) as PageBridge['engine'][]) {
      part.ask({});
      part.onTell(() => undefined);
    }
    expect([...sent].toSorted()).toEqual(channels.toMain.toSorted());
    expect([...heardOn].toSorted()).toEqual(channels.toPage.toSorted());
    expect(Object.keys(messageSchemas).toSorted()).toEqual(channels.toMain.toSorted());
    const { ipc } = listen();
    expect(ipc.eventNames().map(String).toSorted()).toEqual(channels.toMain.toSorted());
  });
});

describe('the engine as pages have it', () => {
  it('E6: refuses 1,000 hostile inputs of every command as invalid, or they fit', async () => {
    const engine = createFakeEngine();
    const checked = checkedEngine(engine);
    const commands = Object.keys(commandSchemas) as CommandName[];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...commands), hostile, async (command, input) => {
        const before = engine.calls.length;
        const result = await checked.call(command, input as never);
        const hasReached = engine.calls.length > before;
        expect(hasReached).toBe(commandSchemas[command].safeParse(input).success);
        expect(result).toEqual(
          hasReached ? { ok: true, value: null } : { ok: false, error: { code: 'invalid_request' } },
        );
      }),
      { numRuns: 1000 * commands.length },
    );
  });

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', 'close', ''])(
    'E6: has no command %j',
    async (name) => {
      const engine = createFakeEngine();
      const result = await checkedEngine(engine).call(name as CommandName, {});
      expect(result).toEqual({ ok: false, error: { code: 'invalid_request' } });
      expect(engine.calls).toEqual([]);
    },
  );

  it('hands on what fits, as it is', async () => {
    const engine = createFakeEngine();
    const input = { account: 'a', conversationId: 'c', text: 'Side door?', replyTo: undefined } as never;
    expect(await checkedEngine(engine).call('sendMessage', input)).toEqual({ ok: true, value: null });
    expect(engine.calls).toEqual([{ command: 'sendMessage', input }]);
  });
});
