import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { MarkersMoved } from '../port/conversations.ts';
import type { Storage } from '../port/storage.ts';
import { exampleCommit, exampleMember, exampleMessage, mintId } from './examples.ts';
import type { Rule } from './harness.ts';
import { createGroup, scrub, sendText } from './small-domain.ts';

async function startGroup(storage: Storage, memberIds: string[]): Promise<string> {
  const conversationId = mintId();
  await createGroup(storage, { id: mintId(), conversationId, authorId: mintId(), memberIds });
  return conversationId;
}

const byUser = <T extends { userId: string }>(one: T, other: T) => one.userId.localeCompare(other.userId);

export const markerRules: Rule[] = [
  {
    title: 'D9 markers only grow, for any order of moves from any writer',
    async check(data) {
      const writers = [data.storage, await data.another()];
      const move = fc.record({ user: fc.nat(2), delivered: fc.option(fc.nat(9)), read: fc.option(fc.nat(9)) });
      await fc.assert(
        fc.asyncProperty(fc.array(move, { minLength: 1, maxLength: 12 }), async (moves) => {
          const users = [mintId(), mintId(), mintId()];
          const conversationId = await startGroup(data.storage, users);
          await Promise.all(
            moves.map(({ user, delivered, read }, turn) =>
              (writers[turn % 2] ?? data.storage).conversations.moveMarkers({
                conversationId,
                moves: [
                  {
                    userId: users[user] ?? '',
                    ...(delivered !== null && { delivered }),
                    ...(read !== null && { read }),
                  },
                ],
                isShared: true,
              }),
            ),
          );
          const highest = (user: number, of: 'delivered' | 'read') =>
            Math.max(0, ...moves.filter((one) => one.user === user).map((one) => one[of] ?? 0));
          const expected = users
            .map((userId, user) => ({ userId, delivered: highest(user, 'delivered'), read: highest(user, 'read') }))
            .filter(({ delivered, read }) => delivered + read > 0);
          const stored = await data.storage.conversations.readMarkers(conversationId);
          assert.deepEqual(stored.markers.toSorted(byUser), expected.toSorted(byUser));
          for (const { userId, read } of expected) {
            const entry = await data.storage.feeds.readEntry(userId, 'marker', conversationId);
            assert.equal(entry?.read ?? 0, read, 'the feed has what the conversation has');
          }
        }),
        { numRuns: 25 },
      );
    },
  },
  {
    title: 'D9 D15 a marker moves on, whatever rev it was told at before',
    async check({ storage }) {
      const [conversationId, authorId, userId, messageId, id] = [mintId(), mintId(), mintId(), mintId(), mintId()];
      await createGroup(storage, { id: mintId(), conversationId, authorId, memberIds: [userId] });
      await sendText(storage, { id: messageId, conversationId, authorId, text: 'Hello' });
      await scrub(storage, conversationId, messageId, mintId());
      const told = exampleCommit({
        conversationId,
        expectedRev: 3,
        head: { rev: 4, seq: 3, changeId: id },
        messages: [exampleMessage({ id, rev: 4, seq: 3 })],
        effects: [{ userId, sourceRev: 4, entry: { kind: 'marker', key: conversationId, read: 3 } }],
      });
      await storage.conversations.commit(told);
      const { advances } = await storage.conversations.moveMarkers({
        conversationId,
        moves: [{ userId, read: 4 }],
        isShared: true,
      });
      assert.equal(advances.length, 1);
      assert.equal((await storage.feeds.readEntry(userId, 'marker', conversationId))?.read, 4);
    },
  },
  {
    title: 'D9 mrev goes up by one with each call that moved a shared marker, without holes, and never the rev',
    async check(data) {
      const users = [mintId(), mintId(), mintId(), mintId()];
      const conversationId = await startGroup(data.storage, users);
      const moved = await Promise.all(
        users.flatMap((userId) =>
          [1, 2, 3].map((read) =>
            data.storage.conversations.moveMarkers({
              conversationId,
              moves: [{ userId, read, delivered: read }],
              isShared: true,
            }),
          ),
        ),
      );
      const steps = moved.filter(({ markers }) => markers.length > 0).map(({ afterMrev, mrev }) => [afterMrev, mrev]);
      assert.deepEqual(
        steps.toSorted(([one = 0], [other = 0]) => one - other),
        steps.map((_, index) => [index, index + 1]),
      );
      const state = await data.storage.conversations.readState(conversationId);
      assert.deepEqual({ rev: state?.head.rev, mrev: state?.head.mrev }, { rev: 1, mrev: steps.length });
    },
  },
  {
    title: 'D9 a move that moves nothing takes no number and no feed entry; told twice is once',
    async check(data) {
      const userId = mintId();
      const conversationId = await startGroup(data.storage, [userId]);
      const moves = { conversationId, moves: [{ userId, delivered: 4, read: 3 }], isShared: true };
      await data.storage.conversations.moveMarkers(moves);
      const rev = await data.storage.feeds.readRev(userId);
      const nothing: MarkersMoved = { afterMrev: 1, mrev: 1, markers: [], advances: [] };
      assert.deepEqual(await data.storage.conversations.moveMarkers(moves), nothing);
      assert.deepEqual(
        await data.storage.conversations.moveMarkers({ ...moves, moves: [{ userId, delivered: 1, read: 2 }] }),
        nothing,
      );
      assert.equal(await data.storage.feeds.readRev(userId), rev);
    },
  },
  {
    title:
      'D9 several moves in one call are one number; the answer tells where each marker is now, and the feed of who read',
    async check(data) {
      const [reader, receiver] = [mintId(), mintId()];
      const conversationId = await startGroup(data.storage, [reader, receiver]);
      const moved = await data.storage.conversations.moveMarkers({
        conversationId,
        moves: [
          { userId: reader, read: 5 },
          { userId: receiver, delivered: 6 },
          { userId: reader, delivered: 7 },
        ],
        isShared: true,
      });
      assert.deepEqual([moved.afterMrev, moved.mrev], [0, 1]);
      assert.deepEqual(moved.markers.toSorted(byUser), [
        { userId: reader, delivered: 7, read: 5 },
        { userId: receiver, delivered: 6, read: 0 },
      ]);
      assert.deepEqual(moved.advances, [
        { userId: reader, afterRev: 1, rev: 2, entries: [{ kind: 'marker', key: conversationId, read: 5, rev: 2 }] },
      ]);
    },
  },
  {
    title: 'D9 markers that are not shared move without a number',
    async check(data) {
      const userId = mintId();
      const conversationId = await startGroup(data.storage, [userId]);
      const moved = await data.storage.conversations.moveMarkers({
        conversationId,
        moves: [{ userId, read: 1 }],
        isShared: false,
      });
      assert.deepEqual([moved.afterMrev, moved.mrev, moved.markers.length], [0, 0, 1]);
      assert.equal((await data.storage.feeds.readEntry(userId, 'marker', conversationId))?.read, 1);
    },
  },
  {
    title: 'D9 a change that shares markers which were not takes their next number with it, or none where it moved on',
    async check(data) {
      const userId = mintId();
      const conversationId = await startGroup(data.storage, [userId]);
      const moves = [{ userId, read: 1 }];
      await data.storage.conversations.moveMarkers({ conversationId, moves, isShared: false });
      const head = (await data.storage.conversations.readHeads([conversationId])).get(conversationId);
      assert.ok(head);
      const change = { rev: head.rev + 1, seq: head.seq, changeId: mintId() };
      const member = exampleMember({ userId: mintId(), state: 'left', rev: change.rev });
      const commit = exampleCommit({
        conversationId,
        expectedRev: head.rev,
        head: change,
        members: [member],
        sharesMarkers: true,
      });
      assert.equal((await data.storage.conversations.commit(commit)).kind, 'committed');
      assert.equal((await data.storage.conversations.commit(commit)).kind, 'moved-on');
      const storage = await data.restart();
      assert.deepEqual((await storage.conversations.readHeads([conversationId])).get(conversationId), {
        ...change,
        mrev: 1,
      });
      const moved = await storage.conversations.moveMarkers({
        conversationId,
        moves: [{ userId, read: 2 }],
        isShared: true,
      });
      assert.deepEqual([moved.afterMrev, moved.mrev], [1, 2]);
    },
  },
];
