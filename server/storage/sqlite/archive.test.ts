import { afterEach, beforeEach, expect, test } from 'vitest';
import { mintId } from '../conformance/examples.ts';
import { createGroup, sendText } from '../conformance/small-domain.ts';
import { openSqliteArchive } from './archive.ts';
import { prepareDatabase } from './prepare-database.ts';
import { SqliteDataSet } from './testing/sqlite-harness.ts';

let data: SqliteDataSet;
beforeEach(async () => {
  data = new SqliteDataSet();
  await data.open();
});
afterEach(() => data.dispose());

const mint = { serverId: 'another', epoch: 'another' };

test.each([
  ['conversation_info', 'conversation'],
  ['conversation', 'conversation_info, member, message'],
  ['feed', 'feed_entry'],
])('rows without their %s are told, rather than left out', async (partner, strays) => {
  const { path, key, storage } = data;
  const [conversationId, authorId] = [mintId(), mintId()];
  await createGroup(storage, { id: mintId(), conversationId, authorId, memberIds: [] });
  await sendText(storage, { id: mintId(), conversationId, authorId, text: 'Hello' });
  await storage.close();
  const open = () => openSqliteArchive({ path, key, mint });
  const whole = await open();
  expect(await whole.count('message')).toBeGreaterThan(0);
  await whole.close();
  const { database } = prepareDatabase({ path, keyHex: key.toString('hex'), mint });
  database.execute(`DELETE FROM ${partner}`);
  database.close();
  await expect(open()).rejects.toMatchObject({ reason: 'failed', message: expect.stringContaining(`(${strays})`) });
});
