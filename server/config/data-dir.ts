import { mkdirSync } from 'node:fs';
import { ConfigError } from './server-config.ts';

/** Works with files of the data folder; throws a `ConfigError` with the system's reason where it refuses. */
export function inDataDir<T>(dataDir: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    const sentence = `The data folder ${dataDir} cannot be used: ${error.message}. Let this account read and write it, or set PARLEY_DATA_DIR to another one.`;
    throw new ConfigError([sentence], 'data_dir_failed');
  }
}

export function makeDataDir(dataDir: string): void {
  inDataDir(dataDir, () => mkdirSync(dataDir, { recursive: true, mode: 0o700 }));
}
