import { afterEach, describe, expect, test } from 'vitest';
import type { EngineApi } from '../../engine/api/engine-api.ts';
import { connectEngine, serveEngine } from '../../engine/api/link.ts';
import { createFakeEngine, type FakeEngine } from '../../engine/api/testing/fake-engine.ts';
import type { LocalStorePort } from '../../engine/ports/local-store.ts';
import type { Host } from '../../engine/ports/host.ts';
import { createMemoryDisk } from '../memory/memory-disk.ts';
import { createMemoryStorePort } from '../memory/memory-local-store.ts';
import type { BrowserPlace } from './browser-place.ts';
import { runEngineIn } from './start-browser-engine.ts';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

/** Tabs of one profile, with an engine each that only writes down what is done with it. */
function openProfile() {
  const name = crypto.randomUUID();
  const history: string[] = [];

  async function openTab(number: number) {
    const channel = new BroadcastChannel(name);
    const engines: FakeEngine[] = [];
    const wakers = new Set<() => void>();
    let complain = (): void => undefined;
    let awake = Promise.resolve();
    const timers: (() => void)[] = [];
    const place: BrowserPlace = {
      createHost: (store) => ({ store }) as Host,
      kept: {
        // The profile's own name, so that tests do not meet.
        locks: {
          async request(_: string, options: LockOptions, granted: LockGrantedCallback<unknown>) {
            try {
              return await navigator.locks.request(name, options, granted);
            } finally {
              await awake;
            }
          },
        } as LockManager,
        channel: {
          postMessage: (message: unknown) => channel.postMessage(message),
          addEventListener: (type: string, listener: (event: Event) => void) =>
            channel.addEventListener(type, (event) => void awake.then(() => listener(event))),
          removeEventListener: () => undefined,
        } as unknown as BroadcastChannel,
        clock: {
          schedule(run) {
            timers.push(run);
            return () => undefined;
          },
        },
        connectivity: {
          onChange(listener) {
            wakers.add(listener);
            return () => wakers.delete(listener);
          },
        },
        openStore(onUnusable): LocalStorePort {
          complain = onUnusable;
          return createMemoryStorePort(createMemoryDisk());
        },
      },
    };
    const { engine, end } = await runEngineIn(place, () => {
      const made = createFakeEngine();
      engines.push(made);
      history.push(`${number} started`);
      const close = async (): Promise<void> => {
        history.push(`${number} closed`);
        await made.close();
      };
      return { ...made, close };
    });
    endings.push(async () => {
      await end();
      channel.close();
    });
    const ui = overLink(engine);
    return {
      ui,
      engines,
      end,
      complain: () => complain(),
      /** Hears nothing, neither of the lock nor of the other tabs, until the returned function is called. */
      freeze(): () => void {
        const { promise, resolve } = Promise.withResolvers<void>();
        awake = promise;
        return resolve;
      },
      /** Has waited long enough for the tab that has the engine. */
      runTimers(): number {
        for (const run of timers) run();
        return timers.splice(0).length;
      },
      wake: () => wakers.forEach((listener) => listener()),
      phase: async () => (await ui.subscribe(() => {})).snapshot.app.phase,
      /** Listens, and then has the next revision that is told. */
      async listen() {
        const { promise: nextRevision, resolve } = Promise.withResolvers<number>();
        await ui.subscribe(({ revision }) => resolve(revision));
        return { nextRevision };
      },
    };
  }
  return { openTab, history };
}

function overLink(engine: EngineApi): EngineApi {
  const { port1, port2 } = new MessageChannel();
  endings.push(() => port1.close());
  serveEngine(engine, port1);
  return connectEngine(port2);
}

describe('one engine per profile', () => {
  test('runs in the first tab; the next one says that it is elsewhere', async () => {
    const { openTab, history } = openProfile();
    const [one, other] = [await openTab(1), await openTab(2)];
    expect([await one.phase(), await other.phase()]).toEqual(['ready', 'elsewhere']);
    expect(history).toEqual(['1 started']);
  });

  test('moves over when the person uses it there, and closes here first', async () => {
    const { openTab, history } = openProfile();
    const [one, other] = [await openTab(1), await openTab(2)];
    const [told, toldToo] = [await one.listen(), await other.listen()];
    expect(await other.ui.call('useHere', {})).toEqual({ ok: true, value: null });
    // The snapshots were of revision 1 and 0: both are holes, after which the readers ask again.
    expect([await told.nextRevision, await toldToo.nextRevision]).toEqual([3, 2]);
    expect([await one.phase(), await other.phase()]).toEqual(['elsewhere', 'ready']);
    expect(history).toEqual(['1 started', '1 closed', '2 started']);
  });

  test('and back again', async () => {
    const { openTab, history } = openProfile();
    const [one, other] = [await openTab(1), await openTab(2)];
    await other.ui.call('useHere', {});
    await one.ui.call('useHere', {});
    expect([await one.phase(), await other.phase()]).toEqual(['ready', 'elsewhere']);
    expect(history.slice(-2)).toEqual(['2 closed', '1 started']);
  });

  test('runs in the tab that is looked at when the other one is gone', async () => {
    const { openTab } = openProfile();
    const [one, other] = [await openTab(1), await openTab(2)];
    const told = await other.listen();
    await one.end();
    other.wake();
    await told.nextRevision;
    expect(await other.phase()).toBe('ready');
  });

  test('stays where it is when another tab is only looked at', async () => {
    const { openTab, history } = openProfile();
    const [, other] = [await openTab(1), await openTab(2)];
    other.wake();
    expect(await other.ui.call('connectNow', { account: 'a' })).toEqual({
      ok: false,
      error: { code: 'not_connected' },
    });
    expect(history).toEqual(['1 started']);
  });

  test('starts anew, once, when what it keeps is of no use any more', async () => {
    const { openTab, history } = openProfile();
    const tab = await openTab(1);
    const told = await tab.listen();
    tab.complain();
    tab.complain();
    await told.nextRevision;
    expect(await tab.phase()).toBe('ready');
    expect(history).toEqual(['1 started', '1 closed', '1 started']);
    await tab.ui.call('connectNow', { account: 'a' });
    expect(tab.engines.map(({ calls }) => calls.length)).toEqual([0, 1]);
  });

  test('a tab that wakes up after another took over leaves that one alone, though its store tells it first', async () => {
    const { openTab, history } = openProfile();
    const [frozen, other] = [await openTab(1), await openTab(2)];
    const thaw = frozen.freeze();
    const told = await frozen.listen();
    const taking = other.ui.call('useHere', {});
    await expect.poll(() => other.runTimers()).toBeGreaterThan(0);
    await taking;
    frozen.complain();
    await told.nextRevision;
    thaw();
    expect([await frozen.phase(), await other.phase()]).toEqual(['elsewhere', 'ready']);
    await frozen.end();
    expect(history).toEqual(['1 started', '2 started', '1 closed']);
  });

  test('is not started anew in a tab that has lost it', async () => {
    const { openTab, history } = openProfile();
    const [one, other] = [await openTab(1), await openTab(2)];
    await other.ui.call('useHere', {});
    one.complain();
    await one.end();
    expect(history).toEqual(['1 started', '1 closed', '2 started']);
  });
});

test('without safe storage every tab has its own, and the host is told that nothing is kept', async () => {
  const kinds: string[] = [];
  const place: BrowserPlace = { createHost: (store) => ({ store }) as Host };
  for (let tab = 0; tab < 2; tab += 1) {
    const { engine } = await runEngineIn(place, ({ store }) => {
      kinds.push(store.kind);
      return createFakeEngine();
    });
    expect((await engine.subscribe(() => {})).snapshot.app.phase).toBe('ready');
  }
  expect(kinds).toEqual(['memory', 'memory']);
});
