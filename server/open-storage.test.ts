import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { prepareDatabase } from './storage/sqlite/prepare-database.ts';
import { gather, gatherGroup, type Participant, say } from './testing/participants.ts';
import { startTestServer } from './testing/start-test-server.ts';
import { sqlitePathOf, testConfig } from './testing/test-config.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'parley-open-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

test('S18 the log tells of messages that do not go into their table, and nothing that is in them', async () => {
  const { database: kept, secrets } = testConfig(dataDir);
  const { database } = prepareDatabase({
    path: sqlitePathOf({ database: kept }),
    keyHex: Buffer.from(secrets.databaseKey).toString('hex'),
    mint: { serverId: crypto.randomUUID(), epoch: crypto.randomUUID() },
  });
  database.execute(
    "CREATE TRIGGER refusing BEFORE INSERT ON message WHEN new.rev > 1 BEGIN SELECT RAISE(ABORT, 'Not these'); END",
  );
  database.close();
  const server = await startTestServer({ dataDir, config: { database: kept } });
  const [ann] = (await gather(server, ['Ann'])) as [Participant];
  await say(ann, await gatherGroup([ann]), 'Between us');
  const told = expect.stringMatching(
    /"code":"SQLITE_CONSTRAINT_TRIGGER".*journal\.ts.*"msg":"storage in trouble"/,
  ) as string;
  await vi.waitFor(() => expect(server.logLines).toContainEqual(told), { timeout: 5_000 });
  await server.close();
  expect(server.logLines.join('\n')).not.toMatch(/Between us|Not these/);
});
