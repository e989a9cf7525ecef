import { randomBytes } from 'node:crypto';
import mongoose from 'mongoose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newDatabaseUrl } from '../../testing/new-database-url.ts';
import { testMongodb } from '../../testing/test-mongodb.ts';
import { assertConsistent } from '../conformance/consistency.ts';
import { mintId } from '../conformance/examples.ts';
import { createGroup, removeMember, scrub, sendText } from '../conformance/small-domain.ts';
import { StorageUnavailable } from '../port/storage.ts';
import type { Collection } from './collection.ts';
import { openMongo, type OpenMongo } from './mongo-storage.ts';

const mongodb = await testMongodb();
const [conversationId, authorId, friend] = [mintId(), mintId(), mintId()];

describe.skipIf('missing' in mongodb)('two processes over MongoDB', () => {
  let slow: OpenMongo;
  let quick: OpenMongo;

  beforeEach(async () => {
    const url = newDatabaseUrl('url' in mongodb ? mongodb.url : '');
    const options = { url, key: randomBytes(32), mint: { serverId: 'server', epoch: 'epoch' } };
    slow = await openMongo(options);
    quick = await openMongo(options);
    await createGroup(quick.storage, { id: mintId(), conversationId, authorId, memberIds: [friend] });
    // Nothing is left to be applied that this process does not know of.
    await send(slow, mintId());
  });
  afterEach(async () => {
    await quick.database.connection.dropDatabase();
    await Promise.all([slow.abandon(), quick.abandon()]);
  });

  /** From now on what the process brings into a collection waits. */
  function stall(collection: Pick<Collection<never>, 'updateAll'>): { wake(): Promise<void> } {
    const updateAll = collection.updateAll.bind(collection);
    const gate = Promise.withResolvers<void>();
    const waking: Promise<void>[] = [];
    collection.updateAll = (updates) => {
      const running = gate.promise.then(() => updateAll(updates));
      waking.push(running);
      return running;
    };
    return {
      async wake() {
        gate.resolve();
        collection.updateAll = updateAll;
        await Promise.all(waking);
      },
    };
  }

  const send = (to: OpenMongo, id: string) => sendText(to.storage, { id, conversationId, authorId, text: 'a word' });
  const bodyOf = async (id: string) => (await quick.storage.conversations.findMessage(id))?.message.body;

  test('D12 what is acknowledged and not yet applied is seen by every reader of every process', async () => {
    const stalled = stall(slow.parts.collections.intents);
    const id = mintId();
    await send(slow, id);
    for (const { storage } of [slow, quick]) {
      expect((await storage.conversations.findMessage(id))?.message.seq).toBe(3);
      const page = await storage.conversations.readPage({
        conversationId,
        ranges: [{ fromRev: 1, fromSeq: 1 }],
        limit: 9,
      });
      expect(page.messages.map((message) => message.id)).toContain(id);
      const changes = await storage.conversations.readChanges({ conversationId, afterRev: 2, limit: 9 });
      expect(changes.messages.map((message) => message.id)).toEqual([id]);
      expect((await storage.conversations.readState(conversationId))?.head.seq).toBe(3);
    }
    await stalled.wake();
    await assertConsistent(quick.storage, conversationId);
  });

  test('D3 a process that wakes late does not bring back what has been scrubbed since', async () => {
    const stalled = stall(slow.parts.collections.intents);
    const id = mintId();
    await send(slow, id);
    await scrub(quick.storage, conversationId, id, mintId());
    for (let more = 0; more < 3; more += 1) await send(quick, mintId());
    await quick.parts.conversations.settle();
    await stalled.wake();
    expect(await bodyOf(id)).toEqual({ kind: 'scrubbed' });
    await assertConsistent(quick.storage, conversationId);
  });

  test('D15 effects of a process that wakes late do not come back either', async () => {
    const stalled = stall(slow.parts.collections.members);
    const id = mintId();
    const creation = { id: mintId(), conversationId: mintId(), authorId, memberIds: [friend] };
    const creating = createGroup(slow.storage, creation);
    await expect.poll(() => quick.storage.conversations.readState(creation.conversationId)).not.toBeNull();
    await removeMember(quick.storage, { ...creation, id, userId: friend });
    await stalled.wake();
    await creating;
    expect((await quick.storage.feeds.readEntry(friend, 'membership', creation.conversationId))?.state).toBe('removed');
    await assertConsistent(quick.storage, creation.conversationId);
  });

  test('D3 D5 a message that is changed between the reads of a page is not missing from it', async () => {
    const id = mintId();
    await send(quick, id);
    const { intents } = quick.parts.collections;
    const find = intents.find.bind(intents);
    intents.find = async (where, options) => {
      intents.find = find;
      await scrub(slow.storage, conversationId, id, mintId());
      await slow.parts.conversations.settle();
      return find(where, options);
    };
    const changes = await quick.storage.conversations.readChanges({ conversationId, afterRev: 2, limit: 9 });
    expect(changes.messages.map(({ id: of, body }) => [of, body.kind])).toEqual([[id, 'scrubbed']]);
    expect([changes.head.rev, changes.throughRev]).toEqual([4, 4]);
  });

  test('D12 what another process left behind is finished by one that lives', async () => {
    stall(slow.parts.collections.intents);
    const id = mintId();
    await send(slow, id);
    await slow.abandon();
    await quick.parts.conversations.sweepStale();
    await quick.parts.conversations.sweepStale();
    expect(await quick.parts.collections.conversations.find({ isOpen: true })).toEqual([]);
    expect((await quick.parts.collections.intents.findOne({ _id: id }))?.seq).toBe(3);
  });

  test('D1 one id told to two conversations at once is recorded in one of them', async () => {
    const other = mintId();
    await createGroup(slow.storage, { id: mintId(), conversationId: other, authorId, memberIds: [] });
    for (let round = 0; round < 10; round += 1) {
      const id = mintId();
      const told = await Promise.allSettled([
        sendText(slow.storage, { id, conversationId: other, authorId, text: 'there' }),
        send(quick, id),
      ]);
      expect(told.some(({ status }) => status === 'fulfilled')).toBe(true);
    }
    await assertConsistent(quick.storage, conversationId);
    await assertConsistent(quick.storage, other);
    const seqs = await Promise.all(
      [conversationId, other].map(async (one) => (await quick.storage.conversations.readState(one))?.head.seq ?? 0),
    );
    expect(seqs.reduce((sum, seq) => sum + seq, 0)).toBe(13);
  });

  describe('faults of the connection', () => {
    const { MongoNetworkError, MongoServerError } = mongoose.mongo;

    /** The next commits of the process to a conversation end with this error, after or instead of being made. */
    function failNext(error: Error, { isMade, times = 1 }: { isMade: boolean; times?: number }): void {
      const { conversations } = quick.parts.collections;
      const commit = conversations.commit.bind(conversations);
      let left = times;
      conversations.commit = async (given) => {
        if (left === 0) return commit(given);
        left -= 1;
        if (isMade) await commit(given);
        throw error;
      };
    }

    test('D12 a commit whose answer was lost is made once and answered as made', async () => {
      failNext(new MongoNetworkError('connection closed'), { isMade: true });
      const id = mintId();
      expect(await send(quick, id)).toEqual({ seq: 3, rev: 3 });
      await assertConsistent(slow.storage, conversationId);
    });

    test('D12 a conflict is tried again, and FerretDB calls one a deadlock', async () => {
      failNext(new MongoServerError({ message: 'deadlock detected', code: 16908292 }), { isMade: false, times: 3 });
      expect(await send(quick, mintId())).toEqual({ seq: 3, rev: 3 });
    });

    test('D12 what fails for good is told as the port says, and later calls are not harmed', async () => {
      failNext(new MongoServerError({ message: 'disk full', code: 14031 }), { isMade: false });
      await expect(send(quick, mintId())).rejects.toThrow(StorageUnavailable);
      expect(await send(quick, mintId())).toEqual({ seq: 3, rev: 3 });
    });
  });
});
