import { describe, expect, test } from 'vitest';
import { handClock, settled } from '../../engine/testing/hand-clock.ts';
import type { UpdateState } from '../../ipc/shell-api.ts';
import { createUpdates, NotGenuineError, type UpdateSource } from './create-updates.ts';
import type { UpdateFeed } from './read-update-feed.ts';

const feed = { url: 'https://updates.example.org/', publicKey: 'a2V5' };
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Updates over a source of which a test says what matters to it. */
function updatesOver(source: Partial<UpdateSource>, { feed: from }: { feed: UpdateFeed | undefined } = { feed }) {
  const clock = handClock();
  const states: UpdateState[] = [];
  const calls: string[] = [];
  const count = <Result>(name: string, work: () => Result) => {
    calls.push(name);
    return work();
  };
  const updates = createUpdates({
    feed: from,
    openSource: () =>
      count('open', () =>
        Promise.resolve({
          check: () => count('check', () => source.check?.() ?? Promise.resolve('2.0.0')),
          download: (tell) => count('download', () => source.download?.(tell) ?? Promise.resolve()),
          install: () => count('install', () => source.install?.() ?? new Promise<never>(() => {})),
        }),
      ),
    clock,
    onChange: (state) => states.push(state),
    log: () => {},
  });
  return { updates, clock, states, calls };
}

describe('a package without a feed', () => {
  test('E11: never looks for updates, not even when it is told to', async () => {
    const { updates, clock, calls } = updatesOver({}, { feed: undefined });
    await clock.advance(10 * dayMs);
    await updates.check();
    await updates.download();
    await updates.install();
    expect(calls).toEqual([]);
    expect(updates.state).toEqual({ kind: 'off' });
  });
});

describe('a package with a feed', () => {
  test('looks a minute after the start and twice a day, until it is disposed of', async () => {
    const { updates, clock, calls } = updatesOver({ check: () => Promise.resolve(undefined) });
    await clock.advance(minuteMs);
    expect(calls).toEqual(['open', 'check']);
    await clock.advance(dayMs);
    expect(calls).toEqual(['open', 'check', 'check', 'check']);
    updates.dispose();
    await clock.advance(dayMs);
    expect(calls).toHaveLength(4);
    expect(clock.waiting).toBe(0);
  });

  test('offers what is newer, and fetches nothing before the person says so', async () => {
    const { updates, clock, calls } = updatesOver({});
    await clock.advance(10 * dayMs);
    expect(updates.state).toEqual({ kind: 'offered', version: '2.0.0' });
    expect(calls).not.toContain('download');
  });

  test('goes from offered over downloading to ready, and installs only then', async () => {
    const { updates, states, calls } = updatesOver({
      download: (tell) => {
        tell(40);
        return Promise.resolve();
      },
    });
    await updates.check();
    await updates.install();
    await updates.download();
    expect(calls).not.toContain('install');
    void updates.install();
    await settled();
    expect(calls).toContain('install');
    expect(states).toEqual([
      { kind: 'checking' },
      { kind: 'offered', version: '2.0.0' },
      { kind: 'downloading', version: '2.0.0', percent: 0 },
      { kind: 'downloading', version: '2.0.0', percent: 40 },
      { kind: 'ready', version: '2.0.0' },
    ]);
  });

  test('does not look again while it fetches, nor once there is one to install', async () => {
    let arrive = () => {};
    const { updates, calls } = updatesOver({ download: () => new Promise((resolve) => (arrive = resolve)) });
    await updates.check();
    const downloading = updates.download();
    await settled();
    await updates.check();
    arrive();
    await downloading;
    await updates.check();
    expect(calls.filter((call) => call === 'check')).toHaveLength(1);
    expect(updates.state.kind).toBe('ready');
  });

  test('says when the feed cannot be reached, and looks again later', async () => {
    let isReachable = false;
    const check = () => (isReachable ? Promise.resolve('2.0.0') : Promise.reject(new Error('no route')));
    const { updates, clock } = updatesOver({ check });
    await updates.check();
    expect(updates.state).toEqual({ kind: 'resting', checkedAt: undefined, error: 'unreachable' });
    isReachable = true;
    await clock.advance(dayMs);
    expect(updates.state).toEqual({ kind: 'offered', version: '2.0.0' });
  });

  test('says when an update is not genuine, and keeps offering the version', async () => {
    const { updates } = updatesOver({ download: () => Promise.reject(new NotGenuineError('wrong')) });
    await updates.check();
    await updates.download();
    expect(updates.state).toEqual({ kind: 'offered', version: '2.0.0', error: 'not-genuine' });
  });

  test('says when it cannot be installed, and offers it again', async () => {
    const { updates } = updatesOver({ install: () => Promise.reject(new Error('the disk is full')) });
    await updates.check();
    await updates.download();
    await updates.install();
    expect(updates.state).toEqual({ kind: 'offered', version: '2.0.0', error: 'not-installed' });
  });

  test('opens its source again after that failed', async () => {
    const clock = handClock();
    let attempts = 0;
    const updates = createUpdates({
      feed,
      openSource: () => {
        attempts += 1;
        return Promise.reject(new Error('not there'));
      },
      clock,
      onChange: () => {},
      log: () => {},
    });
    await updates.check();
    await updates.check();
    expect(attempts).toBe(2);
  });
});
