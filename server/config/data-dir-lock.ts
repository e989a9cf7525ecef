import { join } from 'node:path';
import Database from 'better-sqlite3-multiple-ciphers';
import { ConfigError } from './server-config.ts';

/**
 * Keeps a second process off a data folder. The lock is one of the operating system's, taken through SQLite: it goes with the process
 * that holds it, however that ends, and no stale file can keep the next one out.
 */
export function lockDataDir(dataDir: string): { release(): void } {
  const database = new Database(join(dataDir, 'server.lock'), { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch {
    database.close();
    throw new ConfigError([`Another Parley server is running on the data folder ${dataDir}; stop it, or set PARLEY_DATA_DIR.`]);
  }
  return { release: () => database.close() };
}
