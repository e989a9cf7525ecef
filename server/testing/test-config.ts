import { defaultRates, type Rate, type RateName } from '@parley/shared/contract/limits.ts';
import { readConfig } from '../config/read-config.ts';
import type { ServerConfig } from '../config/server-config.ts';

/** So high that no test meets a limit it does not test; the buckets stay in the path. */
export const raisedRates = Object.fromEntries(
  Object.keys(defaultRates).map((name) => [name, { perSecond: 100_000, burst: 100_000 }]),
) as Record<RateName, Rate>;

export function testConfig(dataDir: string, changes: Partial<ServerConfig> = {}): ServerConfig {
  const read = readConfig({ PARLEY_DATA_DIR: dataDir, PORT: '0' });
  return { ...read, rates: raisedRates, registrationsPerHour: 100_000, socketsPerAddress: 100_000, ...changes };
}

/** For tests that are about the file itself. */
export function sqlitePathOf({ database }: Pick<ServerConfig, 'database'>): string {
  if (database.kind !== 'sqlite') throw new Error('The data is not kept in SQLite');
  return database.path;
}
