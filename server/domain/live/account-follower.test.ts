import { expect, test } from 'vitest';
import type { FeedPage, FeedReader } from '../../storage/port/feeds.ts';
import { createMemoryChannel } from '../../testing/memory-channel.ts';
import { AccountFollower } from './account-follower.ts';
import { LocalSockets } from './local-sockets.ts';

const userId = 'ann';
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
const draft = (rev: number) => ({ kind: 'draft' as const, key: `conversation ${rev}`, text: 'Dear', rev });

/** A feed of drafts, one at each rev, and a follower with two devices of its account. */
function followerOf(changes: Partial<FeedReader> = {}, given: { rev: number } = { rev: 1 }) {
  const channel = createMemoryChannel();
  const sockets = new LocalSockets();
  const failures: string[] = [];
  for (const socketId of ['laptop', 'phone']) {
    sockets.add({ socketId, userId, sessionId: socketId, joined: new Set(), changedMeanwhile: undefined });
  }
  const reader = {
    readRev: async () => given.rev,
    readPage: async ({ afterRev, limit }: { afterRev: number; limit: number }): Promise<FeedPage> => {
      const rev = Math.min(given.rev, afterRev + limit);
      const entries = Array.from({ length: Math.max(0, rev - afterRev) }, (_, index) => draft(afterRev + index + 1));
      return { entries, rev, more: rev < given.rev, isReset: false };
    },
    ...changes,
  } as FeedReader;
  const log = { info() {}, warn: (event: string) => void failures.push(event), error() {} };
  const follower = new AccountFollower({ reader, channel, sockets, log });
  const advance = (rev: number) => {
    given.rev = Math.max(given.rev, rev);
    follower.advanced([{ userId, afterRev: rev - 1, rev, entries: [draft(rev)] }]);
  };
  const spansOf = (socketId: string) =>
    channel.told
      .filter((one) => one.socketId === socketId)
      .map(({ payload }) => payload as { afterRev: number; rev: number })
      .map(({ afterRev, rev }) => [afterRev, rev]);
  return { follower, channel, advance, spansOf, failures, given };
}

test('D15 all devices of an account hear each rev once and in a row', async () => {
  const { follower, advance, spansOf } = followerOf();
  await follower.follow(userId);
  for (const rev of [2, 2, 3]) advance(rev);
  const expected = [
    [1, 2],
    [2, 3],
  ];
  expect([spansOf('laptop'), spansOf('phone')]).toEqual([expected, expected]);
});

test('D15 what was not told is read, however much it is', async () => {
  const { follower, advance, spansOf } = followerOf();
  await follower.follow(userId);
  advance(500);
  await settled();
  expect(spansOf('laptop')).toEqual([
    [1, 201],
    [201, 401],
    [401, 500],
  ]);
});

test('D5 what happens while following begins is not lost', async () => {
  const { follower, advance, spansOf } = followerOf();
  const following = follower.follow(userId);
  advance(2);
  await following;
  advance(3);
  expect(spansOf('laptop').at(-1)).toEqual([2, 3]);
});

test('D15 over a gap that is forgotten nothing is told: devices notice, and hear what comes after', async () => {
  const { follower, advance, spansOf, given } = followerOf({
    readPage: async () => ({ entries: [draft(9)], rev: given.rev, more: false, isReset: true }),
  });
  await follower.follow(userId);
  advance(9);
  await settled();
  advance(10);
  expect(spansOf('laptop')).toEqual([[9, 10]]);
});

test('D15 a reading that fails is logged and tried again', async () => {
  let isAway = true;
  const { follower, advance, spansOf, failures } = followerOf({
    readPage: async ({ afterRev }) => {
      if (isAway) throw new Error('away');
      return { entries: [draft(4)], rev: Math.max(4, afterRev), more: false, isReset: false };
    },
  });
  await follower.follow(userId);
  advance(3);
  await settled();
  expect([spansOf('laptop'), failures.length]).toEqual([[], 1]);
  isAway = false;
  advance(4);
  await settled();
  expect(spansOf('laptop')).toEqual([[1, 4]]);
});

test('D15 nothing is told of accounts that are not here, or no longer', async () => {
  const { follower, advance, channel } = followerOf();
  follower.advanced([{ userId: 'ben', afterRev: 0, rev: 1, entries: [draft(1)] }]);
  await follower.follow(userId);
  follower.unfollow(userId);
  advance(2);
  expect(channel.told).toEqual([]);
});
