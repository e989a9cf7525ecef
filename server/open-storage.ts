import { v4 as mintRandomUuid } from 'uuid';
import { ConfigError, type ServerConfig } from './config/server-config.ts';
import type { Storage } from './storage/port/storage.ts';
import { MongoOpenError } from './storage/mongo/open-error.ts';
import { openMongoStorage } from './storage/mongo/mongo-storage.ts';
import { SqliteOpenError } from './storage/sqlite/open-error.ts';
import { openSqliteStorage } from './storage/sqlite/sqlite-storage.ts';

const hints: Record<(SqliteOpenError | MongoOpenError)['reason'], string> = {
  'in-use': 'Another Parley server is running on this data; stop it, or set PARLEY_DATA_DIR to another folder.',
  'wrong-key': 'The database does not open with this key: secrets.json, or PARLEY_DATABASE_KEY, belongs to other data.',
  'too-new': 'The database was written by a newer version of Parley; start that one.',
  failed: 'The database cannot be opened.',
};

/**
 * Opens what the configuration names. `onFatal`: nothing more can be kept until the process has started again. `onTrouble`: it serves on,
 * but not for ever; somebody has to look.
 */
export async function openStorage(
  config: ServerConfig,
  onFatal: (error: Error) => void,
  onTrouble?: (error: Error) => void,
): Promise<Storage> {
  const { database, secrets } = config;
  const mint = { serverId: mintRandomUuid(), epoch: mintRandomUuid() };
  try {
    if (database.kind === 'mongodb')
      return await openMongoStorage({ url: database.url, key: secrets.databaseKey, mint });
    return await openSqliteStorage({ path: database.path, key: secrets.databaseKey, mint, onFatal, onTrouble });
  } catch (error) {
    if (!(error instanceof SqliteOpenError || error instanceof MongoOpenError)) throw error;
    throw new ConfigError([error.reason === 'failed' ? `${hints.failed} ${error.message}` : hints[error.reason]]);
  }
}
