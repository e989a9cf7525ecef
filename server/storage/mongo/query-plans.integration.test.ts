import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { newDatabaseUrl } from '../../testing/new-database-url.ts';
import { testMongodb } from '../../testing/test-mongodb.ts';
import {
  exampleAccount,
  exampleCommit,
  exampleInfo,
  exampleMember,
  exampleMessage,
  exampleSession,
  everything,
  mintId,
} from '../conformance/examples.ts';
import type { Storage } from '../port/storage.ts';
import { openMongo } from './mongo-storage.ts';
import { explain, recordReads } from './testing/recorded-reads.ts';

const mongodb = await testMongodb();

const isScan = (step: string) => /^(COLLSCAN|SORT|Seq Scan)/.test(step);

/** A conversation with so many messages that going through all of them would show. */
async function fill(storage: Storage): Promise<{ conversationId: string; userId: string; messageId: string }> {
  const [conversationId, account] = [mintId(), exampleAccount()];
  const { userId } = account;
  await storage.accounts.create(account);
  const member = exampleMember({ userId });
  const entry = { kind: 'membership', key: conversationId, state: 'in', role: 'member', ranges: everything } as const;
  const messages = Array.from({ length: 60 }, (_, index) => exampleMessage({ seq: index + 1, rev: index + 2 }));
  const messageId = messages.at(-1)?.id ?? '';
  const head = { rev: 61, seq: 60, changeId: messageId };
  const info = exampleInfo();
  const effects = [{ userId, sourceRev: 1, entry }];
  await storage.conversations.commit(
    exampleCommit({ conversationId, head, info, members: [member], messages, effects }),
  );
  await storage.sessions.create(exampleSession({ userId }));
  return { conversationId, userId, messageId };
}

/** All that is asked of a store while people talk. */
async function talk(storage: Storage, place: Awaited<ReturnType<typeof fill>>): Promise<void> {
  const { conversations, feeds, accounts, sessions, throttles } = storage;
  const { conversationId, userId, messageId } = place;
  const ranges = [{ fromRev: 1, fromSeq: 1 }];
  const message = exampleMessage({ seq: 61, rev: 62 });
  const head = { rev: 62, seq: 61, changeId: message.id };
  await conversations.commit(exampleCommit({ conversationId, expectedRev: 61, head, messages: [message] }));
  await conversations.moveMarkers({ conversationId, moves: [{ userId, read: 3, delivered: 4 }], isShared: true });
  await conversations.readState(conversationId);
  await conversations.readHeads([conversationId, mintId()]);
  await conversations.readPage({ conversationId, ranges, limit: 10 });
  await conversations.readPage({ conversationId, ranges, limit: 10, after: 5 });
  await conversations.readChanges({ conversationId, afterRev: 40, limit: 10 });
  await conversations.findMessage(messageId);
  await conversations.readMarkers(conversationId);
  await conversations.filterAcquainted(userId, [mintId(), mintId()]);
  await feeds.readRev(userId);
  await feeds.readPage({ userId, afterRev: 0, limit: 10 });
  await feeds.readEntries(userId, 'membership');
  await feeds.readEntry(userId, 'membership', conversationId);
  await feeds.findIntent(mintId());
  await feeds.filterHavingContact(mintId(), [userId]);
  await feeds.purge(1);
  await accounts.findByEmail('nobody@example.org');
  await accounts.readAccounts([userId, mintId()]);
  await sessions.listActive(userId);
  await sessions.read(mintId());
  await throttles.add('key', 1000, 5);
  await throttles.read('key', 6);
}

test.skipIf('missing' in mongodb)(
  'P5 every read goes to its documents by an index and looks at two more than it returns at most',
  async () => {
    const url = newDatabaseUrl('url' in mongodb ? mongodb.url : '');
    const opened = await openMongo({ url, key: randomBytes(32), mint: { serverId: 'server', epoch: 'epoch' } });
    const places = [];
    for (let conversation = 0; conversation < 5; conversation += 1) places.push(await fill(opened.storage));
    const reads = recordReads(opened.parts.collections);
    for (const place of places.slice(2, 3)) await talk(opened.storage, place);
    expect(reads.length).toBeGreaterThan(30);
    for (const read of reads) {
      const { steps, examined = 0, returned = 0 } = await explain(read);
      const told = `${read.name} ${JSON.stringify(read.where)}: ${steps.join(' < ')}`;
      expect(
        steps.some((step) => /^(IXSCAN|IDHACK|EXPRESS|Index|Bitmap Index)/.test(step)),
        told,
      ).toBe(true);
      expect(
        steps.some((step) => /^(COLLSCAN|SORT|Seq Scan)/.test(step)),
        told,
      ).toBe(false);
      expect(examined, told).toBeLessThanOrEqual(returned + 2);
    }
    // The plan tells where an index is missing.
    const { intents } = opened.parts.collections;
    const unaided = { collection: intents as never, name: 'intents', where: { head: 'feeds' }, options: {} };
    expect((await explain(unaided)).steps.some(isScan)).toBe(true);
    await opened.database.connection.dropDatabase();
    await opened.abandon();
  },
);
