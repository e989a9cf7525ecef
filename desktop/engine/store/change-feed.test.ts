import { expect, test } from 'vitest';
import type { ChangeBatch } from '../api/views.ts';
import { settled } from '../testing/hand-clock.ts';
import { ChangeFeed } from './change-feed.ts';

const typing = (userIds: string[]) => userIds;

function feedWithBatches() {
  const feed = new ChangeFeed();
  const batches: ChangeBatch[] = [];
  const end = feed.listen((batch) => batches.push(batch));
  return { feed, batches, end };
}

test('what is set in one task is told as one batch, the last value of each, with the next revision', async () => {
  const { feed, batches } = feedWithBatches();
  feed.set('a', 'typing', 'c1', typing(['one']));
  feed.set('a', 'typing', 'c2', typing(['two']));
  feed.set('a', 'typing', 'c1', typing(['three']));
  await settled();
  feed.setApp({ phase: 'elsewhere' });
  await settled();
  expect(batches).toEqual([
    {
      revision: 1,
      changes: [
        { account: 'a', collection: 'typing', key: 'c1', value: ['three'] },
        { account: 'a', collection: 'typing', key: 'c2', value: ['two'] },
      ],
    },
    { revision: 2, changes: [], app: { phase: 'elsewhere' } },
  ]);
});

test('what is as it was is not told, nor that something is gone that was never there', async () => {
  const { feed, batches } = feedWithBatches();
  feed.set('a', 'typing', 'c1', typing(['one']));
  await settled();
  feed.set('a', 'typing', 'c1', typing(['one']));
  feed.set('a', 'typing', 'c2', null);
  await settled();
  expect(batches).toHaveLength(1);
});

test('a snapshot holds everything up to its revision, and the batches after it lead on from there', async () => {
  const { feed, batches } = feedWithBatches();
  feed.set('a', 'typing', 'c1', typing(['one']));
  feed.set('a', 'typing', 'c2', typing(['two']));
  await settled();
  feed.set('a', 'typing', 'c2', null);
  const snapshot = feed.snapshot();
  expect(snapshot).toMatchObject({ revision: 2, app: { phase: 'starting' } });
  expect(snapshot.changes.map(({ key }) => key)).toEqual(['c1']);
  feed.set('a', 'typing', 'c3', typing(['three']));
  await settled();
  expect(batches.map(({ revision }) => revision)).toEqual([1, 2, 3]);
});

test('clearing takes back what was told and what was about to be, of one account, collection or stretch of keys', async () => {
  const { feed } = feedWithBatches();
  feed.set('a', 'typing', 'c1/1', typing(['one']));
  feed.set('a', 'typing', 'c2/1', typing(['one']));
  feed.set('a', 'members', 'c1/1', []);
  feed.set('b', 'typing', 'c1/1', typing(['one']));
  await settled();
  feed.set('a', 'typing', 'c1/2', typing(['two']));
  feed.clear('a', 'typing', 'c1/');
  const names = () => feed.snapshot().changes.map(({ account, collection, key }) => `${account} ${collection} ${key}`);
  expect(names()).toEqual(['a typing c2/1', 'a members c1/1', 'b typing c1/1']);
  feed.clear('a');
  expect(names()).toEqual(['b typing c1/1']);
});

test('a listener that has ended hears nothing', async () => {
  const { feed, batches, end } = feedWithBatches();
  end();
  feed.set('a', 'typing', 'c1', typing(['one']));
  await settled();
  expect(batches).toEqual([]);
});
