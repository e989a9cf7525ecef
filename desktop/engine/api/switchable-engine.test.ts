import { expect, test } from 'vitest';
import { createElsewhereEngine } from './elsewhere-engine.ts';
import { createSwitchableEngine } from './switchable-engine.ts';
import { createFakeEngine, readyApp } from './testing/fake-engine.ts';
import type { ChangeBatch } from './views.ts';

const engineAt = (revision: number) => createFakeEngine({ revision, app: readyApp, changes: [] });
const batch = (revision: number): ChangeBatch => ({ revision, changes: [] });

test('passes calls and batches through', async () => {
  const engine = engineAt(5);
  const switchable = createSwitchableEngine(engine);
  const revisions: number[] = [];
  const { snapshot } = await switchable.subscribe(({ revision }) => revisions.push(revision));
  engine.emit(batch(6));
  engine.emit(batch(7));
  await switchable.call('connectNow', { account: 'a' });
  expect([snapshot.revision, ...revisions]).toEqual([5, 6, 7]);
  expect(engine.calls).toEqual([{ command: 'connectNow', input: { account: 'a' } }]);
});

test('a switch is a hole to every reader, and the next snapshot is of the new engine', async () => {
  const [old, next] = [engineAt(5), engineAt(1)];
  const switchable = createSwitchableEngine(old);
  const heard: number[][] = [[], []];
  for (const revisions of heard) await switchable.subscribe(({ revision }) => revisions.push(revision));
  old.emit(batch(6));
  switchable.switchTo(next);
  old.emit(batch(7));
  next.emit(batch(2));
  expect(heard).toEqual([
    [6, 8],
    [6, 8],
  ]);
  expect([old.subscribers, next.subscribers]).toEqual([0, 0]);
  const again = await switchable.subscribe(({ revision }) => heard[0]?.push(revision));
  next.emit(batch(2));
  expect([again.snapshot.revision, heard[0]]).toEqual([1, [6, 8, 2]]);
  await switchable.call('useHere', {});
  expect([old.calls.length, next.calls.length]).toEqual([0, 1]);
});

test('a subscription that a switch overtakes gets the snapshot of the new engine', async () => {
  const [old, next] = [engineAt(5), engineAt(1)];
  const switchable = createSwitchableEngine(old);
  const revisions: number[] = [];
  const subscribing = switchable.subscribe(({ revision }) => revisions.push(revision));
  switchable.switchTo(next);
  const { snapshot } = await subscribing;
  next.emit(batch(2));
  expect([snapshot.revision, ...revisions]).toEqual([1, 2]);
  expect(old.subscribers).toBe(0);
});

test('what a source tells before its snapshot is through is told after it', async () => {
  const engine = engineAt(5);
  const switchable = createSwitchableEngine({
    ...engine,
    async subscribe(onBatch) {
      onBatch(batch(6));
      return engine.subscribe(onBatch);
    },
  });
  const revisions: number[] = [];
  await switchable.subscribe(({ revision }) => revisions.push(revision));
  engine.emit(batch(7));
  expect(revisions).toEqual([6, 7]);
});

test('an ended subscription hears nothing, not even of a switch', async () => {
  const engine = engineAt(5);
  const switchable = createSwitchableEngine(engine);
  const revisions: number[] = [];
  const { end } = await switchable.subscribe(({ revision }) => revisions.push(revision));
  end();
  end();
  engine.emit(batch(6));
  switchable.switchTo(engineAt(1));
  expect(revisions).toEqual([]);
  expect(engine.subscribers).toBe(0);
});

test('elsewhere says so, takes over when asked to, and refuses the rest', async () => {
  let taken = 0;
  const elsewhere = createElsewhereEngine(async () => {
    taken += 1;
  });
  const { snapshot, end } = await elsewhere.subscribe(() => {});
  expect(snapshot).toEqual({ revision: 0, app: { phase: 'elsewhere' }, changes: [] });
  end();
  const account = 'a';
  expect(await elsewhere.call('connectNow', { account })).toEqual({ ok: false, error: { code: 'not_connected' } });
  expect(taken).toBe(0);
  expect(await elsewhere.call('useHere', {})).toEqual({ ok: true, value: null });
  expect(taken).toBe(1);
});

test('elsewhere answers a take-over that fails', async () => {
  const elsewhere = createElsewhereEngine(() => Promise.reject(new Error('defect')));
  expect(await elsewhere.call('useHere', {})).toEqual({ ok: false, error: { code: 'internal' } });
});
