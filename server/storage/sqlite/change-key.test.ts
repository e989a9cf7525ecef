import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mintId } from '../conformance/examples.ts';
import { createGroup, sendText } from '../conformance/small-domain.ts';
import { openSqliteStorage } from './sqlite-storage.ts';
import { SqliteDataSet } from './testing/sqlite-harness.ts';

let data: SqliteDataSet;
beforeEach(async () => {
  data = new SqliteDataSet();
  await data.open();
});
afterEach(() => data.dispose());

const mint = { serverId: 'another', epoch: 'another' };

test('S18 the key of the file changes while it serves; from then on only the new one opens it', async () => {
  const { storage } = data;
  const key = randomBytes(32);
  const [conversationId, authorId] = [mintId(), mintId()];
  const say = async (text: string) => {
    const id = mintId();
    await sendText(storage, { id, conversationId, authorId, text });
    return id;
  };
  await createGroup(storage, { id: mintId(), conversationId, authorId, memberIds: [] });
  const before = await say('before');
  const [, during] = await Promise.all([storage.changeKey(key), say('during')]);
  const after = await say('after');
  await storage.close();
  expect(readdirSync(data.folder).filter((name) => name.endsWith('-journal'))).toEqual([]);

  const former = openSqliteStorage({ path: data.path, key: data.key, mint });
  await expect(former).rejects.toMatchObject({ reason: 'wrong-key' });
  const reopened = await openSqliteStorage({ path: data.path, key, mint });
  const texts = await Promise.all([before, during, after].map((id) => reopened.conversations.findMessage(id)));
  expect(texts.map((found) => found?.message.body)).toMatchObject([
    { text: 'before' },
    { text: 'during' },
    { text: 'after' },
  ]);
  await reopened.close();
});

test('S19 data that was made with other secrets says which, until they are meant', async () => {
  await data.storage.close();
  const open = (pepper: string, replacesPrints = false) =>
    openSqliteStorage({ path: data.path, key: data.key, mint, prints: { PEPPER: pepper }, replacesPrints });
  await (await open('one')).close();
  await expect(open('two')).rejects.toMatchObject({ reason: 'other-secrets', message: 'PEPPER' });
  await (await open('two', true)).close();
  await (await open('two')).close();
});
