import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { v7 as mintUuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { commands } from '../cli/commands.ts';
import { runCommand } from '../cli/run-command.ts';
import { openMongoArchive } from '../storage/mongo/archive.ts';
import { openMongoStorage } from '../storage/mongo/mongo-storage.ts';
import { openSqliteArchive } from '../storage/sqlite/archive.ts';
import { newDatabaseUrl } from '../testing/new-database-url.ts';
import { gather, gatherGroup, say, type Participant } from '../testing/participants.ts';
import { startTestServer } from '../testing/start-test-server.ts';
import { sqlitePathOf, testConfig } from '../testing/test-config.ts';
import { testMongodb } from '../testing/test-mongodb.ts';
import { copyData } from './copy-data.ts';

const mongodb = await testMongodb();

describe.skipIf('missing' in mongodb)('from SQLite to MongoDB', () => {
  let dataDir: string;
  let url: string;
  let otherUrl: string;
  const databaseUrl = () => newDatabaseUrl('url' in mongodb ? mongodb.url : '');
  beforeAll(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'parley-copy-'));
    [url, otherUrl] = [databaseUrl(), databaseUrl()];
  });
  afterAll(async () => {
    rmSync(dataDir, { recursive: true, force: true });
    for (const made of [url, otherUrl]) {
      const connection = await mongoose.createConnection(made).asPromise();
      await connection.dropDatabase();
      await connection.close();
    }
  });

  const key = () => testConfig(dataDir).secrets.databaseKey;

  async function openSource() {
    const path = sqlitePathOf(testConfig(dataDir));
    return openSqliteArchive({ path, key: key(), mint: { serverId: 'nobody', epoch: 'nobody' } });
  }

  /** What a device would ask for, of everything there is. */
  async function seenBy({ socket }: Pick<Participant, 'socket'>, conversationIds: readonly string[]) {
    const cursors = conversationIds.map((conversationId) => ({ conversationId, rev: 0, mrev: 0, seq: 0 }));
    return {
      account: await socket.demand('syncAccount', { rev: 0 }),
      conversations: await socket.demand('syncConversations', { cursors }),
      pages: await Promise.all(conversationIds.map((id) => socket.demand('pageMessages', { conversationId: id }))),
      members: await Promise.all(conversationIds.map((id) => socket.demand('getMembers', { conversationId: id }))),
    };
  }

  test('D14 a whole server moves with ids, sessions and read state, however often it is interrupted', async () => {
    const before = await startTestServer({ dataDir });
    const [ann, ben, cleo] = (await gather(before, ['Ann', 'Ben', 'Cleo'])) as [Participant, Participant, Participant];
    const groupId = await gatherGroup([ann, ben, cleo], 'since-joining');
    for (let index = 0; index < 20; index += 1) await say(index % 2 === 0 ? ann : ben, groupId, `Words ${index}`);
    await ben.socket.demand('moveMarkers', { moves: [{ conversationId: groupId, delivered: 9, read: 7 }] });
    await ann.socket.demand('removeMember', { id: mintUuid(), conversationId: groupId, userId: cleo.userId });
    await ann.socket.demand('removeContact', { id: mintUuid(), userId: cleo.userId });
    await ben.socket.demand('putDraft', { id: mintUuid(), conversationId: groupId, text: 'Half', baseVersion: 0 });
    await ann.socket.demand('updateProfile', { id: mintUuid(), name: 'Ann the Second' });
    const people = [ann, ben, cleo];
    const seen = await Promise.all(people.map((person) => seenBy(person, [groupId])));
    await before.stop();

    const source = await openSource();
    async function copyUntilInterrupted(): Promise<string> {
      const target = await openMongoArchive({ url, key: key(), mint: source.identity });
      let steps = 0;
      const tell = ({ doing }: { doing: string }) => {
        if (doing === 'copying' && (steps += 1) === 2) throw new Error('Interrupted');
      };
      const copying = copyData(source, target, { tell, recordsPerStep: 5 });
      const outcome = await copying.then(
        () => 'Finished',
        (error: Error) => error.message,
      );
      await target.close();
      return outcome;
    }
    const served = () => openMongoStorage({ url, key: key(), mint: source.identity });
    const outcomes = [await copyUntilInterrupted()];
    const begun = await mongoose.createConnection(url).asPromise();
    await begun.collection('accounts').deleteOne({});
    await begun.close();
    while (outcomes.at(-1) !== 'Finished' && outcomes.length < 60) {
      await expect(served()).rejects.toMatchObject({ message: expect.stringContaining('being copied') });
      outcomes.push(await copyUntilInterrupted());
    }
    expect(outcomes.length).toBeGreaterThan(10);
    const notInterrupted = outcomes.filter((outcome) => outcome !== 'Interrupted');
    expect(notInterrupted).toEqual([expect.stringContaining('begins anew'), 'Finished']);
    await source.close();

    const after = await startTestServer({ dataDir, config: { database: { kind: 'mongodb', url } } });
    const devices = await Promise.all(people.map(async (person) => ({ socket: await after.connect(person) })));
    expect(await Promise.all(devices.map((device) => seenBy(device, [groupId])))).toEqual(seen);
    const refreshed = await after.call('/api/auth/refresh', { body: { refreshToken: ann.refreshToken } });
    expect(refreshed.reply.ok).toBe(true);
    const [annAgain, benAgain] = devices as [Pick<Participant, 'socket'>, Pick<Participant, 'socket'>];
    await annAgain.socket.demand('sendMessage', { id: mintUuid(), conversationId: groupId, text: 'On we go' });
    await benAgain.socket.demand('moveMarkers', { moves: [{ conversationId: groupId, delivered: 24, read: 24 }] });
    const [benSees] = (await seenBy(benAgain, [groupId])).pages;
    expect(benSees?.messages.at(-1)).toMatchObject({ kind: 'text', text: 'On we go' });
    await after.close();

    const lines: string[] = [];
    const copy = () =>
      runCommand(commands, ['copy', '--from', 'sqlite:', '--to', otherUrl], (line) => void lines.push(line));
    vi.stubEnv('PARLEY_DATA_DIR', dataDir);
    expect(await copy()).toMatchObject({ exitCode: 0, out: expect.stringContaining('3 accounts, 1 conversations') });
    expect(lines).toContain('Comparing: account 3 of 3');
    expect(await copy()).toMatchObject({ exitCode: 2, error: expect.stringContaining('already') });
    vi.unstubAllEnvs();
  });
});
