// The product: the real server with its encrypted database, asked by people who have accounts already.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v4 as mintRandomId } from 'uuid';
import { defaultRates, type Rate, type RateName } from '@parley/shared/contract/limits.ts';
import type { ServerConfig } from '@parley/server/config/server-config.ts';
import { createServer } from '@parley/server/create-server.ts';
import { openStorage } from '@parley/server/open-storage.ts';
import type { Storage } from '@parley/server/storage/port/storage.ts';
import { openSqliteStorage } from '@parley/server/storage/sqlite/sqlite-storage.ts';
import { faultAt, faultSlots } from '@parley/server/storage/sqlite/faults.ts';
import { testConfig } from '@parley/server/testing/test-config.ts';
import { answerAsked } from '../processes/answer-asked.ts';
import type { Grounds, Started, StartOptions } from './crowd.ts';
import { measureProcess } from './measure-process.ts';
import type { BenchServer } from './relay-server.ts';
import { seedCrowd } from './seed-crowd.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'parley-bench-'));
process.on('exit', () => rmSync(dataDir, { recursive: true, force: true }));

/** Never reached, but of the same make as the ones for people: both buckets of each are asked. */
const rates = Object.fromEntries(
  Object.keys(defaultRates).map((name) => [name, { perSecond: 100_000, burst: 300_000 }]),
) as Record<RateName, Rate>;
/** The seam that stops the database at a chosen step counts the steps on the way there. */
const stepsAtStart = 0x7fffffff;
const faults = new Int32Array(new SharedArrayBuffer(faultSlots * Int32Array.BYTES_PER_ELEMENT));

function configOf(grounds: Grounds | undefined): ServerConfig {
  return testConfig(grounds?.dataDir ?? dataDir, {
    rates,
    maxGroupMembers: 100_000,
    host: '127.0.0.1',
    redisUrl: grounds?.redisUrl,
    ...(grounds !== undefined && { database: { kind: 'mongodb', url: grounds.databaseUrl } }),
  });
}

function open(config: ServerConfig, isCounting: boolean): Promise<Storage> {
  if (config.database.kind === 'mongodb') return openStorage(config, () => process.exit(1));
  return openSqliteStorage({
    path: config.database.path,
    key: config.secrets.databaseKey,
    mint: { serverId: mintRandomId(), epoch: mintRandomId() },
    ...(isCounting && { faults: { memory: faults, onStopped: () => undefined } }),
  });
}

const answers = {
  async start({ isCounting = false, grounds, ...crowd }: StartOptions): Promise<Started> {
    faults[faultAt.stepsLeft] = stepsAtStart;
    const config = configOf(grounds);
    const storage = await open(config, isCounting);
    const people = grounds?.people ?? (await seedCrowd(storage, config, crowd));
    const server = await createServer(config, { storage });
    const { port } = await server.listen();
    return { port, people };
  },
  measure: measureProcess,
  /** Statements that write, `BEGIN`, `COMMIT` and the answer included. */
  countWrites: () => stepsAtStart - (faults[faultAt.stepsLeft] ?? 0),
} satisfies BenchServer;

answerAsked(answers);
