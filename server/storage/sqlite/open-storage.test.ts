import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { migrations } from './migrations.ts';
import { SqliteOpenError } from './open-error.ts';
import { prepareDatabase } from './prepare-database.ts';
import { openSqliteStorage } from './sqlite-storage.ts';
import { SqliteDataSet } from './testing/sqlite-harness.ts';

const mint = { serverId: 'server', epoch: 'epoch' };
// Every open store starts a thread, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

let data: SqliteDataSet;

beforeEach(() => {
  data = new SqliteDataSet();
});
afterEach(() => data.dispose());

test('S18 the file and its log are readable for their owner only', async () => {
  await data.open();
  for (const path of [data.path, `${data.path}-wal`]) expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('S18 another key does not open the file, and leaves it as it is', async () => {
  await data.open();
  await data.storage.close();
  const before = readFileSync(data.path);
  const opening = openSqliteStorage({ path: data.path, key: randomBytes(32), mint });
  await expect(opening).rejects.toMatchObject({ name: 'SqliteOpenError', reason: 'wrong-key' });
  expect(readFileSync(data.path).equals(before)).toBe(true);
  await data.open();
});

test('S18 a file that is not a database of ours is not opened', async () => {
  writeFileSync(data.path, 'x'.repeat(8192));
  await expect(data.open()).rejects.toMatchObject({ reason: 'wrong-key' });
});

test('S18 a key has 32 bytes', async () => {
  await expect(openSqliteStorage({ path: data.path, key: randomBytes(31), mint })).rejects.toThrow(RangeError);
});

test('D13 a file that is open is not opened a second time; closed, it is free', async () => {
  await data.open();
  const again = () => openSqliteStorage({ path: data.path, key: data.key, mint });
  await expect(again()).rejects.toMatchObject({ reason: 'in-use', message: expect.stringContaining('another server') });
  await data.storage.check();
  await data.storage.close();
  await (await again()).close();
});

test('a folder that does not exist is said in words', async () => {
  const path = join(data.folder, 'nowhere', 'parley.db');
  await expect(openSqliteStorage({ path, key: data.key, mint })).rejects.toMatchObject({ reason: 'failed' });
});

test('a file that SQLite cannot open is named, with the reason', () => {
  const settings = { path: data.folder, keyHex: data.key.toString('hex'), mint };
  expect(() => prepareDatabase(settings)).toThrow(
    new SqliteOpenError('failed', `${data.folder}: unable to open database file.`),
  );
});

const copyBeforeLater = () => `${data.path}.before-${migrations.length + 1}`;
const settings = () => ({ path: data.path, keyHex: data.key.toString('hex'), mint });

test('an older database is copied aside, then brought to the current version with everything in it', () => {
  prepareDatabase(settings()).database.close();
  const later = [...migrations, 'CREATE TABLE later (word TEXT NOT NULL) STRICT'];
  const { database, identity } = prepareDatabase({ ...settings(), mint: { serverId: 'x', epoch: 'x' } }, later);
  expect(database.statement('SELECT count(*) AS count FROM later').get()).toEqual({ count: 0 });
  expect(identity).toEqual(mint);
  database.close();
  const copy = prepareDatabase({ ...settings(), path: copyBeforeLater() });
  expect(copy.identity).toEqual(mint);
  copy.database.close();
});

test('a migration that fails leaves the version before, whole', () => {
  prepareDatabase(settings()).database.close();
  const broken = [...migrations, 'CREATE TABLE half (word TEXT) STRICT; SELECT nonsense FROM nowhere'];
  expect(() => prepareDatabase(settings(), broken)).toThrow(SqliteOpenError);
  const { database } = prepareDatabase(settings());
  expect(database.statement("SELECT name FROM sqlite_schema WHERE name = 'half'").get()).toBeUndefined();
  database.close();
});

test('a database of a later version is left alone', () => {
  prepareDatabase(settings(), [...migrations, 'CREATE TABLE later (word TEXT) STRICT']).database.close();
  expect(() => prepareDatabase(settings())).toThrow(expect.objectContaining({ reason: 'too-new' }));
  expect(existsSync(copyBeforeLater())).toBe(false);
});
