import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newDatabaseUrl } from '../../testing/new-database-url.ts';
import { testMongodb } from '../../testing/test-mongodb.ts';
import { exampleAccount } from '../conformance/examples.ts';
import { openMongoStorage } from './mongo-storage.ts';
import { mintKey, unwrapKeys, wrapKeys, type WrappedKeys } from './sealing/key-set.ts';
import { MongoDataSet } from './testing/mongo-harness.ts';

const mongodb = await testMongodb();
const mint = { serverId: 'another', epoch: 'another' };

test('an address where nothing answers is said in words', async () => {
  const url = 'mongodb://127.0.0.1:1/parley';
  await expect(openMongoStorage({ url, key: randomBytes(32), mint })).rejects.toMatchObject({
    name: 'MongoOpenError',
    reason: 'failed',
    message: expect.stringContaining('cannot be reached'),
  });
});

test('S18 a key has 32 bytes', async () => {
  const opening = openMongoStorage({ url: 'mongodb://127.0.0.1:1/parley', key: randomBytes(31), mint });
  await expect(opening).rejects.toThrow(RangeError);
});

describe.skipIf('missing' in mongodb)('over MongoDB', () => {
  let data: MongoDataSet;
  beforeEach(async () => {
    data = new MongoDataSet('url' in mongodb ? mongodb.url : '');
    await data.open();
  });
  afterEach(() => data.dispose());

  test('S18 another key does not open the data, and leaves it as it is', async () => {
    const opening = openMongoStorage({ url: data.url, key: randomBytes(32), mint });
    await expect(opening).rejects.toMatchObject({ reason: 'wrong-key' });
    await data.restart();
    expect(data.storage.identity).not.toEqual(mint);
  });

  test('S19 data that was made with other secrets says which, until they are meant', async () => {
    const open = (pepper: string, replacesPrints = false) =>
      openMongoStorage({ url: data.url, key: data.key, mint, prints: { PEPPER: pepper }, replacesPrints });
    await (await open('one')).close();
    await expect(open('two')).rejects.toMatchObject({ reason: 'other-secrets', message: 'PEPPER' });
    await (await open('two', true)).close();
    await (await open('two')).close();
  });

  test('a database that must exist is not made', async () => {
    const url = newDatabaseUrl('url' in mongodb ? mongodb.url : '');
    const opening = () => openMongoStorage({ url, key: data.key, mint, mustExist: true });
    for (let tries = 0; tries < 2; tries += 1)
      await expect(opening()).rejects.toMatchObject({ reason: 'missing', message: new URL(url).pathname.slice(1) });
    await (await openMongoStorage({ url: data.url, key: data.key, mint, mustExist: true })).close();
  });

  test('data of a later version is left alone', async () => {
    await data.first.parts.collections.server.updateOne({ _id: 'server' }, { $set: { version: 2 } });
    const opening = openMongoStorage({ url: data.url, key: data.key, mint });
    await expect(opening).rejects.toMatchObject({ reason: 'too-new' });
  });

  test('S18 a sealed field opens only where it was put', async () => {
    const [ann, eve] = [exampleAccount({ name: 'Ann' }), exampleAccount({ name: 'Eve' })];
    for (const account of [ann, eve]) await data.storage.accounts.create(account);
    const { accounts } = data.first.parts.collections;
    const stolen = await accounts.findOne({ _id: ann.userId });
    await accounts.updateOne({ _id: eve.userId }, { $set: { passwordHash: stolen?.passwordHash } });
    expect(await data.storage.accounts.readAccounts([ann.userId])).toEqual([ann]);
    await expect(data.storage.accounts.readAccounts([eve.userId])).rejects.toThrow('authenticate');
  });

  test('S18 a key that another process has begun to seal with is learnt by those that are running', async () => {
    const { server } = data.first.parts.collections;
    const stored = await server.findOne({ _id: 'server' });
    const keys = unwrapKeys(data.key, stored?.keys[0] as WrappedKeys);
    const more = { ...keys, fields: [mintKey(), ...keys.fields] };
    await server.updateOne({ _id: 'server' }, { $set: { keys: [wrapKeys(data.key, more)] } });
    const account = exampleAccount();
    await (await data.another()).accounts.create(account);
    expect(await data.storage.accounts.findByEmail(account.email)).toEqual(account);
  });

  test('S18 operators in what people give are values', async () => {
    const { sessions, throttles } = data.storage;
    await throttles.add('key', 1000, 0);
    const anything = { $gt: '' } as unknown as string;
    expect(await throttles.read(anything, 0).catch(() => null)).toBeNull();
    expect(await sessions.read(anything).catch(() => null)).toBeNull();
  });
});
