import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { newDatabaseUrl } from '../../../testing/new-database-url.ts';
import { testMongodb } from '../../../testing/test-mongodb.ts';
import { exampleAccount, exampleSession, mintId } from '../../conformance/examples.ts';
import { createGroup, sendText } from '../../conformance/small-domain.ts';
import { openMongo, type OpenMongo } from '../mongo-storage.ts';

const mongodb = await testMongodb();
const [former, key] = [randomBytes(32), randomBytes(32)];
const mint = { serverId: 'server', epoch: 'epoch' };

/** Everything that is sealed, wherever it lies: its first bytes name its key. */
function sealedIn(value: unknown): Buffer[] {
  if (value instanceof Uint8Array) return [Buffer.from(value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(sealedIn);
}

describe.skipIf('missing' in mongodb)('over MongoDB', () => {
  let url: string;
  const opened: OpenMongo[] = [];
  const open = async (...keys: [Uint8Array, ...Uint8Array[]]) => {
    const process = await openMongo({ url, key: keys[0], mint, readKeys: () => keys, learnKeysEveryMs: 100 });
    opened.push(process);
    return process;
  };
  const rawDocuments = async ({ database }: OpenMongo) => {
    const collections = (await database.connection.db?.collections()) ?? [];
    const all = await Promise.all(
      collections
        .filter(({ collectionName }) => collectionName !== 'server')
        .map((collection) => collection.find({}, { promoteBuffers: true }).toArray()),
    );
    return all.flat();
  };

  beforeEach(() => {
    url = newDatabaseUrl('url' in mongodb ? mongodb.url : '');
  });
  afterEach(async () => {
    await opened.at(-1)?.database.connection.dropDatabase();
    for (const { abandon } of opened.splice(0)) await abandon();
  });

  test('S18 keys change while two processes serve: nothing is left under the old ones, nothing is lost', async () => {
    const [serving, changing] = [await open(former), await open(former, key)];
    const { storage } = serving;
    const accounts = Array.from({ length: 30 }, () => exampleAccount({ email: `${mintId()}@example.org` }));
    for (const account of accounts) await storage.accounts.create(account);
    const session = exampleSession();
    await storage.sessions.create(session);
    const [conversationId, authorId] = [mintId(), mintId()];
    await createGroup(storage, { id: mintId(), conversationId, authorId, memberIds: [mintId()] });

    let isDone = false;
    const sent: string[] = [];
    const talk = async () => {
      while (!isDone) {
        const id = mintId();
        await sendText(storage, { id, conversationId, authorId, text: `Hello ${id}` });
        sent.push(id);
      }
    };
    const join = async () => {
      while (!isDone) {
        const account = exampleAccount({ email: `${mintId()}@example.org` });
        const twin = { ...account, userId: mintId() };
        const made = await Promise.all([storage.accounts.create(account), changing.storage.accounts.create(twin)]);
        expect(made.toSorted()).toEqual(['created', 'email-taken']);
        accounts.push(made[0] === 'created' ? account : twin);
      }
    };
    const working = [talk(), join()];
    await changing.storage.changeKey(key).finally(() => (isDone = true));
    await Promise.all(working);

    const { fields, lookups } = changing.parts.ring.keys;
    const raw = await rawDocuments(changing);
    const sealed = raw.flatMap(sealedIn);
    expect(sealed.length).toBeGreaterThan(sent.length);
    expect(new Set(sealed.map((bytes) => bytes.subarray(0, 4).toString('hex')))).toEqual(new Set([fields[0]?.id]));
    const addresses = await serving.parts.collections.addresses.find({});
    expect(new Set(addresses.map(({ _id }) => _id.split('.')[0]))).toEqual(new Set([lookups[0]?.id]));

    const afterwards = await open(key);
    for (const process of [serving, changing, afterwards]) {
      for (const account of accounts)
        expect(await process.storage.accounts.findByEmail(account.email)).toMatchObject({ userId: account.userId });
      for (const id of sent)
        expect((await process.storage.conversations.findMessage(id))?.message.body).toMatchObject({
          text: `Hello ${id}`,
        });
      expect(await process.storage.sessions.read(session.sessionId)).toEqual(session);
    }
    await expect(open(former)).rejects.toMatchObject({ reason: 'wrong-key' });
    await afterwards.storage.changeKey(key);
    expect(afterwards.parts.ring.keys.fields).toHaveLength(2);
    expect(await afterwards.storage.sessions.read(session.sessionId)).toEqual(session);
  });

  test.each([
    ['together', async () => undefined],
    ['before the first has ended', (stepOf: () => Promise<number>) => vi.waitUntil(async () => (await stepOf()) === 2)],
  ])('S18 of two changes that begin %s one goes on, the other says so, and nothing is lost', async (_when, wait) => {
    const [first, second] = [await open(former, key), await open(former, key)];
    const account = exampleAccount();
    await first.storage.accounts.create(account);
    const session = exampleSession();
    await first.storage.sessions.create(session);
    const { server, addresses } = first.parts.collections;
    const waited = wait(async () => (await server.findOne({ _id: 'server' }))?.keysStep ?? 0);
    const outcomes = await Promise.allSettled([
      first.storage.changeKey(key),
      waited.then(() => second.storage.changeKey(key)),
    ]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = outcomes.find(({ status }) => status === 'rejected');
    expect(refused).toMatchObject({ reason: { message: expect.stringContaining('nothing is lost') } });

    const afterwards = await open(key);
    expect(await afterwards.storage.accounts.findByEmail(account.email)).toEqual(account);
    expect(await afterwards.storage.sessions.read(session.sessionId)).toEqual(session);
    expect(await addresses.find({})).toHaveLength(1);
  });

  test('S18 a change that was interrupted goes on with the keys it had made', async () => {
    const first = await open(former, key);
    const account = exampleAccount();
    await first.storage.accounts.create(account);
    const isInterrupted = first.storage.changeKey(key).catch(() => true);
    await expect.poll(() => first.parts.ring.keys.lookups.length).toBe(2);
    const begun = first.parts.ring.keys;
    await first.abandon();
    expect(await isInterrupted).toBe(true);
    const second = await open(key, former);
    await second.storage.changeKey(key);
    expect(second.parts.ring.keys.lookups).toEqual(begun.lookups.slice(1));
    expect(second.parts.ring.keys.fields[0]).toEqual(begun.fields[0]);
    expect(await second.storage.accounts.findByEmail(account.email)).toEqual(account);
  });
});
