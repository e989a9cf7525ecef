import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LocalStore, LocalWrite } from '../../../engine/ports/local-store.ts';
import { exampleAccount, exampleIntent, putDraft, putMessage } from '../../../engine/ports/testing/example-records.ts';
import { TestProfile } from '../testing/test-profile.ts';

const pageSize = 4096;
const range = { conversationId: 'c1', fromSeq: 1, toSeq: 2_000, limit: 2_000, take: 'oldest' } as const;
const intents = ['i1', 'i2', 'i3'].map((key): LocalWrite => ({
  table: 'outbox',
  key,
  value: exampleIntent(key, { body: { text: key.repeat(20_000) } }),
}));
const messages = Array.from({ length: 1_000 }, (_, index) => putMessage('c1', index + 1, { text: 'x'.repeat(500) }));
const rest: LocalWrite[] = [
  { table: 'account', key: 'account', value: exampleAccount({ feedRev: 7 }) },
  { table: 'feed', key: 'draft:c1', value: { kind: 'draft', key: 'c1', rev: 1, text: 'words' } },
  putDraft('c1', 'half a sen'),
];

let profile: TestProfile;
beforeEach(async () => {
  profile = await TestProfile.open();
});
afterEach(() => profile.dispose());

/** Writes the batches one after the other, so that what is last lies at the end of the file, and ends the process. */
async function fill(...batches: LocalWrite[][]): Promise<void> {
  const store = await profile.port.open('a');
  for (const batch of batches) await store.write(batch);
  await profile.port.end();
}

function databasePath(): string {
  const [name] = [...profile.files().keys()].filter((path) => path.endsWith('parley.db'));
  return join(profile.path, name ?? '');
}

/** Flips a bit in pages from `first`; negative counts from the end. */
function damage(first: number, count = Number.POSITIVE_INFINITY): void {
  const bytes = readFileSync(databasePath());
  const pages = bytes.length / pageSize;
  const begin = first < 0 ? pages + first : first;
  for (let page = begin; page < Math.min(pages, begin + count); page += 1) {
    bytes.writeUInt8(bytes.readUInt8(page * pageSize + 99) ^ 1, page * pageSize + 99);
  }
  writeFileSync(databasePath(), bytes);
}

async function contents(store: LocalStore) {
  const [account] = await store.readAll('account');
  return {
    feedRev: account?.feedRev,
    feed: (await store.readAll('feed')).length,
    outbox: (await store.readAll('outbox')).map(({ id }) => id).toSorted(),
    drafts: (await store.readAll('drafts')).map(({ text }) => text),
    messages: (await store.readMessages(range)).length,
  };
}
const nothing = { feedRev: undefined, feed: 0, outbox: [], drafts: [], messages: 0 };
const causes = (): string[] => profile.losses.map(({ cause }) => cause);

test('D7 damaged messages: what no server has goes into a new database, and nothing is lost', async () => {
  await fill(rest, intents, messages);
  damage(-50, 20);
  await profile.start();
  const store = await profile.port.open('a');
  await expect(store.readMessages(range)).rejects.toThrow('malformed');
  await expect(store.readMessages(range)).rejects.toThrow('malformed');
  expect(profile.complaints).toBe(1);

  await profile.restart();
  const rebuilt = await profile.port.open('a');
  expect(await contents(rebuilt)).toEqual({
    ...nothing,
    feedRev: 0,
    outbox: ['i1', 'i2', 'i3'],
    drafts: ['half a sen'],
  });
  expect(profile.losses).toEqual([]);
  await rebuilt.write(messages);
  await profile.restart();
  expect(await contents(await profile.port.open('a'))).toMatchObject({ feedRev: 0, messages: 1_000 });
  expect([...profile.files().keys()].filter((path) => path.includes('aside'))).toEqual([]);
});

test('D7 a damaged intent is told, the others go on, and the old database is set aside', async () => {
  await fill(rest, intents.slice(0, 1), intents.slice(1, 2), intents.slice(2));
  // The first intent's text, long enough for pages of its own.
  damage(24, 2);
  await profile.start();
  await expect((await profile.port.open('a')).readAll('outbox')).rejects.toThrow('malformed');
  await profile.restart();
  const rebuilt = await profile.port.open('a');
  expect(await contents(rebuilt)).toEqual({ ...nothing, feedRev: 0, outbox: ['i2', 'i3'], drafts: ['half a sen'] });
  expect(causes()).toEqual(['damaged']);
  expect(existsSync(join(profile.losses[0]?.folder ?? '', 'parley.db'))).toBe(true);
});

test('a database whose beginning is damaged is set aside, told, and begun anew', async () => {
  await fill(rest);
  damage(0, 1);
  await profile.start();
  expect(await profile.port.list()).toEqual(['a']);
  expect(await contents(await profile.port.open('a'))).toEqual(nothing);
  expect(causes()).toEqual(['unreadable']);
  expect(existsSync(join(profile.losses[0]?.folder ?? '', 'parley.db'))).toBe(true);
  expect(profile.complaints).toBe(0);
});

test.each([
  ['cut off', (bytes: Buffer) => bytes.subarray(0, 5_000)],
  ['something else', () => Buffer.from('<!doctype html>'.repeat(1_000))],
])('a database that is %s is set aside and begun anew', async (_, change) => {
  await fill(rest);
  writeFileSync(databasePath(), change(readFileSync(databasePath())));
  await profile.start();
  expect(await contents(await profile.port.open('a'))).toEqual(nothing);
  expect(causes()).toHaveLength(1);
});

test('an empty file, as a process leaves that died before its first write, is a new database', async () => {
  await fill();
  writeFileSync(databasePath(), '');
  await profile.start();
  expect(await contents(await profile.port.open('a'))).toEqual(nothing);
  expect(profile.losses).toEqual([]);
});

test('E9 with a key that does not fit nothing is read, and what is there is set aside', async () => {
  await fill(rest);
  await profile.putKey('a', 'ab'.repeat(32));
  await profile.start();
  expect(await contents(await profile.port.open('a'))).toEqual(nothing);
  expect(causes()).toEqual(['unreadable']);
});

test('E9 a profile without its key shows no account, is left as it is, and is there again with the key', async () => {
  await fill(rest);
  const { secrets } = profile;
  profile.forgetSecrets();
  await profile.start();
  expect([await profile.port.list(), await profile.port.list()]).toEqual([[], []]);
  expect(causes()).toEqual(['key-missing']);

  await profile.port.end();
  profile.secrets = secrets;
  await profile.start();
  expect(await profile.port.list()).toEqual(['a']);
  expect(await contents(await profile.port.open('a'))).toMatchObject({ drafts: ['half a sen'] });
});

test('E9 signing in without the old key begins anew and keeps the sealed one aside', async () => {
  await fill(rest);
  profile.forgetSecrets();
  await profile.start();
  await profile.port.list();
  const store = await profile.port.open('a');
  expect(await contents(store)).toEqual(nothing);
  await store.write(rest);
  const databases = [...profile.files().keys()].filter((path) => path.endsWith('parley.db'));
  expect(new Set(databases.map((path) => dirname(path))).size).toBe(2);
  expect(causes()).toEqual(['key-missing']);
  await profile.restart();
  expect(await profile.port.list()).toEqual(['a']);
  expect(causes()).toEqual(['key-missing']);
});

test('LS17 erasing takes along what was set aside, and the key', async () => {
  await fill(rest);
  profile.forgetSecrets();
  await profile.start();
  await (await profile.port.open('a')).erase();
  expect([...profile.files().keys()]).toEqual([]);
  expect(await profile.keyOf('a')).toBeNull();
});

test('a database of a later version is left alone', async () => {
  await fill(rest);
  await profile.raiseVersion('a');
  const before = readFileSync(databasePath());
  await profile.start();
  await expect(profile.port.open('a')).rejects.toThrow('later version');
  expect(readFileSync(databasePath()).equals(before)).toBe(true);
  expect(profile.losses).toEqual([]);
});

test('when the worker dies everything is refused, and it is said once', async () => {
  const store = await profile.port.open('a');
  profile.dieAfter(0);
  const asked = store.write([putDraft('c1', 'words')]).catch(String);
  await profile.died;
  await profile.endWorker();
  expect(await asked).toContain('worker has ended');
  await expect(store.readAll('drafts')).rejects.toThrow('worker has ended');
  expect(profile.complaints).toBe(1);
  await profile.restart();
  expect(await contents(await profile.port.open('a'))).toEqual(nothing);
});
