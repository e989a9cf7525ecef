import { afterEach, describe, expect, expectTypeOf, test } from 'vitest';
import type { Commands } from './commands.ts';
import { connectEngine, serveEngine } from './link.ts';
import { createFakeEngine, readyApp, type FakeEngine } from './testing/fake-engine.ts';
import { exampleSnapshot } from './testing/example-views.ts';
import type { ChangeBatch, Snapshot } from './views.ts';

const opened: MessageChannel[] = [];
afterEach(() => {
  for (const { port1, port2 } of opened.splice(0)) {
    port1.close();
    port2.close();
  }
});

function openChannel(): MessageChannel {
  const channel = new MessageChannel();
  opened.push(channel);
  return channel;
}

function link(engine: FakeEngine) {
  const { port1, port2 } = openChannel();
  const stop = serveEngine(engine, port1);
  return { ui: connectEngine(port2), uiPort: port2, enginePort: port1, stop };
}

/** Answers when everything posted before it has arrived: a channel keeps the order. */
async function settle(ui: { call: ReturnType<typeof connectEngine>['call'] }): Promise<void> {
  await ui.call('useHere', {});
}

/** What structured cloning keeps as it is: no functions, no classes. */
type Plain<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends (...values: never[]) => unknown
    ? never
    : T extends object
      ? { [K in keyof T]: Plain<T[K]> }
      : T;

describe('a call', () => {
  test('carries command and input there and the result back', async () => {
    const engine = createFakeEngine();
    engine.answerWith(() => Promise.resolve({ ok: true, value: { messageId: 'm1' } }));
    const { ui } = link(engine);
    const input = { account: 'a', conversationId: 'c', text: 'hello' };
    expect(await ui.call('sendMessage', input)).toStrictEqual({ ok: true, value: { messageId: 'm1' } });
    expect(engine.calls).toStrictEqual([{ command: 'sendMessage', input }]);
  });

  test('shares nothing with the engine', async () => {
    const engine = createFakeEngine();
    const { ui } = link(engine);
    const input = { account: 'a', userIds: ['u1'] };
    await ui.call('watchPresence', input);
    input.userIds.push('u2');
    expect(engine.calls[0]?.input).toStrictEqual({ account: 'a', userIds: ['u1'] });
  });

  test('gets its own answer, whichever comes first', async () => {
    const engine = createFakeEngine();
    const waiting = new Map<unknown, () => void>();
    engine.answerWith(
      (command) =>
        new Promise((resolve) => {
          waiting.set(command, () => resolve({ ok: true, value: { command } }));
          if (waiting.size === 2) for (const answer of [...waiting.values()].toReversed()) answer();
        }),
    );
    const { ui } = link(engine);
    const thread = { account: 'a', conversationId: 'c' };
    const answers = await Promise.all([ui.call('openThread', thread), ui.call('loadOlder', thread)]);
    expect(answers).toStrictEqual([
      { ok: true, value: { command: 'openThread' } },
      { ok: true, value: { command: 'loadOlder' } },
    ]);
  });

  test.each([
    ['rejects', () => Promise.reject(new Error('defect'))],
    [
      'throws',
      () => {
        throw new Error('defect');
      },
    ],
    ['answers what cannot be copied', () => Promise.resolve({ ok: true as const, value: () => 1 })],
  ])('is answered internal when the engine %s', async (_, answer) => {
    const engine = createFakeEngine();
    engine.answerWith(answer);
    expect(await link(engine).ui.call('useHere', {})).toStrictEqual({ ok: false, error: { code: 'internal' } });
  });

  test('is answered internal when its input cannot be copied', async () => {
    const engine = createFakeEngine();
    const text = (() => 'words') as unknown as string;
    const { ui } = link(engine);
    const answer = await ui.call('setDraft', { account: 'a', conversationId: 'c', text });
    expect(answer).toStrictEqual({ ok: false, error: { code: 'internal' } });
    expect(engine.calls).toStrictEqual([]);
  });
});

describe('a subscription', () => {
  const batch = (revision: number): ChangeBatch => ({ revision, app: readyApp, changes: [] });

  test('starts with the snapshot and goes on with the batches above it, in order', async () => {
    const engine = createFakeEngine();
    const { ui } = link(engine);
    const revisions: number[] = [];
    const { snapshot } = await ui.subscribe(({ revision }) => revisions.push(revision));
    engine.emit(batch(2));
    engine.emit(batch(3));
    await settle(ui);
    expect([snapshot.revision, ...revisions]).toStrictEqual([1, 2, 3]);
  });

  test('tells no batch before its snapshot, however early the engine speaks', async () => {
    const engine = createFakeEngine();
    const heard: number[] = [];
    const { ui } = link({
      ...engine,
      async subscribe(onBatch) {
        onBatch(batch(2));
        onBatch(batch(3));
        return { snapshot: { revision: 1, app: readyApp, changes: [] }, end() {} };
      },
    });
    const { snapshot } = await ui.subscribe(({ revision }) => heard.push(revision));
    expect({ snapshot: snapshot.revision, heard }).toStrictEqual({ snapshot: 1, heard: [] });
    await settle(ui);
    expect(heard).toStrictEqual([2, 3]);
  });

  test('tells nothing after its end, and ends the one in the engine', async () => {
    const engine = createFakeEngine();
    const { ui } = link(engine);
    const revisions: number[] = [];
    const { end } = await ui.subscribe(({ revision }) => revisions.push(revision));
    engine.emit(batch(2));
    end();
    end();
    await settle(ui);
    engine.emit(batch(3));
    await settle(ui);
    expect(revisions).toStrictEqual([]);
    expect(engine.subscribers).toBe(0);
  });

  test('can be taken again while the old one still runs', async () => {
    const engine = createFakeEngine();
    const { ui } = link(engine);
    const heard: string[] = [];
    const old = await ui.subscribe(() => heard.push('old'));
    await ui.subscribe(() => heard.push('new'));
    old.end();
    await settle(ui);
    engine.emit(batch(2));
    await settle(ui);
    expect(heard).toStrictEqual(['new']);
  });

  test('is refused when the engine has no snapshot to give', async () => {
    const engine = { ...createFakeEngine(), subscribe: () => Promise.reject(new Error('defect')) };
    await expect(link(engine).ui.subscribe(() => {})).rejects.toThrow('no snapshot');
  });

  test('ends with the serving', async () => {
    const engine = createFakeEngine();
    const { ui, stop } = link(engine);
    await ui.subscribe(() => {});
    stop();
    expect(engine.subscribers).toBe(0);
  });

  test('brings every kind of view over unchanged', async () => {
    const { ui } = link(createFakeEngine(exampleSnapshot));
    const { snapshot } = await ui.subscribe(() => {});
    expect(snapshot).toStrictEqual(exampleSnapshot);
    expect(structuredClone(exampleSnapshot)).toStrictEqual(exampleSnapshot);
  });
});

test('everything that crosses the link is plain data', () => {
  expectTypeOf<Snapshot>().toExtend<Plain<Snapshot>>();
  expectTypeOf<ChangeBatch>().toExtend<Plain<ChangeBatch>>();
  expectTypeOf<Commands>().toExtend<Plain<Commands>>();
});

test('unknown messages are ignored by both ends', async () => {
  const engine = createFakeEngine();
  const { ui, uiPort, enginePort } = link(engine);
  const strangers = [null, 'call', 7, [], {}, { kind: 'call' }, { kind: 'call', id: 'x' }, { kind: 'call', id: 1 }];
  for (const stranger of [...strangers, { kind: 'erase', id: 1 }, { kind: 'unsubscribe', id: 99 }]) {
    uiPort.postMessage(stranger);
    enginePort.postMessage(stranger);
  }
  enginePort.postMessage({ kind: 'reply', id: 99, result: { ok: true, value: null } });
  enginePort.postMessage({ kind: 'batch', id: 99, batch: { revision: 1, changes: [] } });
  expect(await ui.call('useHere', {})).toStrictEqual({ ok: true, value: null });
  expect(engine.calls).toHaveLength(1);
});
