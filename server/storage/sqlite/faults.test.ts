import { truncateSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { assertConsistent, readAllBySeq } from '../conformance/consistency.ts';
import { exampleCommit, exampleInfo, exampleMessage, mintId } from '../conformance/examples.ts';
import type { ConversationCommit } from '../port/conversations.ts';
import { StorageUnavailable, type Storage } from '../port/storage.ts';
import { faultAt } from './faults.ts';
import { prepareDatabase } from './prepare-database.ts';
import { openSqliteStorage } from './sqlite-storage.ts';
import { copyDatabase, SqliteDataSet } from './testing/sqlite-harness.ts';

// Every open store starts a thread, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

let data: SqliteDataSet;

beforeEach(async () => {
  data = new SqliteDataSet();
  await data.open();
});
afterEach(() => data.dispose());

/** A conversation of `count` messages, as one commit each. */
function talk(conversationId: string, count: number, text = 'Hello'): ConversationCommit[] {
  return Array.from({ length: count }, (_, index) => {
    const rev = index + 1;
    const message = exampleMessage({ rev, seq: rev, body: { kind: 'text', text } });
    const info = index === 0 && { info: exampleInfo() };
    const head = { rev, seq: rev, changeId: message.id };
    return exampleCommit({ conversationId, expectedRev: index, head, messages: [message], ...info });
  });
}

const tell = (storage: Storage, commits: ConversationCommit[]) =>
  Promise.allSettled(commits.map((commit) => storage.conversations.commit(commit)));

test('D12 a full disk is never acknowledged, and the store serves again when there is room', async () => {
  const conversationId = mintId();
  const commits = talk(conversationId, 400, 'x'.repeat(2000));
  await tell(data.storage, commits.slice(0, 5));
  Atomics.store(data.faults, faultAt.maxPages, 1);
  const outcomes = await tell(data.storage, commits.slice(5, 200));
  for (const outcome of outcomes) {
    expect(outcome.status).toBe('rejected');
    expect(outcome).toMatchObject({ reason: { name: 'StorageUnavailable', wasWritten: false } });
  }
  expect((await data.storage.conversations.readState(conversationId))?.head.seq).toBe(5);
  Atomics.store(data.faults, faultAt.maxPages, 0);
  const again = await tell(data.storage, commits.slice(5));
  expect(again.every((outcome) => outcome.status === 'fulfilled' && outcome.value.kind === 'committed')).toBe(true);
  await assertConsistent(data.storage, conversationId);
});

test('what cannot be sent to the worker is refused, and the store goes on', async () => {
  const [first, ...rest] = talk(mintId(), 3);
  const unsendable = { ...exampleCommit(), info: { ...exampleInfo(), title: (() => 'no text') as never } };
  await expect(data.storage.conversations.commit(unsendable)).rejects.toThrow(/could not be cloned/);
  expect(await tell(data.storage, first ? [first, ...rest] : [])).toMatchObject(
    Array.from({ length: 3 }, () => ({ value: { kind: 'committed' } })),
  );
});

test('D12 when the worker dies everybody who waits is told, the owner too, and nothing is accepted any more', async () => {
  const folder = join(data.folder, 'mortal.db');
  const fatal: Error[] = [];
  const memory = new Int32Array(new SharedArrayBuffer(data.faults.byteLength));
  const storage = await openSqliteStorage({
    path: folder,
    key: data.key,
    mint: { serverId: 's', epoch: 'e' },
    onFatal: (error) => fatal.push(error),
    faults: { memory, onStopped: () => undefined },
  });
  Atomics.store(memory, faultAt.isDeath, 1);
  Atomics.store(memory, faultAt.stepsLeft, 4);
  const outcomes = await tell(storage, talk(mintId(), 10));
  for (const outcome of outcomes)
    expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'StorageUnavailable' } });
  expect(fatal).toHaveLength(1);
  await expect(storage.check()).rejects.toBeInstanceOf(StorageUnavailable);
  await storage.close();
});

test('D12 a journal that the tables do not take is told about, and what it holds stays', async () => {
  const settings = { path: join(data.folder, 'refusing.db'), mint: { serverId: 's', epoch: 'e' } };
  const { database } = prepareDatabase({ ...settings, keyHex: data.key.toString('hex') });
  database.execute(
    "CREATE TRIGGER refusing BEFORE INSERT ON message WHEN new.rev > 1 BEGIN SELECT RAISE(ABORT, 'Not these'); END",
  );
  database.close();
  const troubles: string[] = [];
  const open = () =>
    openSqliteStorage({ ...settings, key: data.key, onTrouble: ({ message }) => void troubles.push(message) });
  const conversationId = mintId();
  const storage = await open();
  for (const commit of talk(conversationId, 3)) await storage.conversations.commit(commit);
  await vi.waitFor(() => expect(troubles).toEqual(['Not these']));
  await storage.close();
  expect(troubles).toEqual(['Not these', 'Not these']);
  const again = await open();
  expect(await readAllBySeq(again, conversationId)).toHaveLength(3);
  await vi.waitFor(() => expect(troubles).toHaveLength(3));
  await again.close();
});

test('D12 of a log that was cut off anywhere, as by a loss of power, the commits before the cut are there and whole', async () => {
  const conversationId = mintId();
  for (const commit of talk(conversationId, 40)) await data.storage.conversations.commit(commit);
  const left = join(data.folder, 'left.db');
  copyDatabase(data.path, left);
  const length = statSync(`${left}-wal`).size;
  const seen = new Set<number>();
  for (let cut = 0; cut < 12; cut += 1) {
    const path = join(data.folder, `cut-${cut}.db`);
    copyDatabase(left, path);
    truncateSync(`${path}-wal`, Math.floor((length * (cut + 0.37)) / 12));
    const storage = await openSqliteStorage({ path, key: data.key, mint: { serverId: 's', epoch: 'e' } });
    seen.add((await readAllBySeq(storage, conversationId)).length);
    await assertConsistent(storage, conversationId);
    await storage.close();
  }
  expect(seen.size).toBeGreaterThan(5);
});
