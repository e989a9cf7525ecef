import { v4 as mintRandomUuid } from 'uuid';
import { printsOf } from './config/load-secrets.ts';
import type { Secrets } from './config/secrets.ts';
import { readDatabaseKeys } from './config/secrets-file.ts';
import { ConfigError, type ConfigCode, type ServerConfig } from './config/server-config.ts';
import type { Storage } from './storage/port/storage.ts';
import { MongoOpenError } from './storage/mongo/open-error.ts';
import { openMongoStorage } from './storage/mongo/mongo-storage.ts';
import { SqliteOpenError } from './storage/sqlite/open-error.ts';
import { openSqliteStorage } from './storage/sqlite/sqlite-storage.ts';

type OpenError = SqliteOpenError | MongoOpenError;

const hints: Record<OpenError['reason'], [ConfigCode, (message: string) => string]> = {
  'in-use': [
    'database_in_use',
    () => 'Another Parley server is running on this data; stop it, or set PARLEY_DATA_DIR to another folder.',
  ],
  'wrong-key': [
    'secrets_mismatch',
    () =>
      'The database does not open with this key: secrets.json, or PARLEY_DATABASE_KEY, belongs to other data. Put back the ones this data was made with.',
  ],
  'other-secrets': [
    'secrets_mismatch',
    (names) =>
      `The data was made with other secrets (${names}, or the same in secrets.json): passwords would be wrong or everybody signed out. Put back the ones this data was made with; if the change is meant, run: npm run parley -- accept-secrets`,
  ],
  missing: [
    'database_missing',
    (place) => `There is no database at ${place}: has this command the environment of the server?`,
  ],
  'too-new': ['database_too_new', () => 'The database was written by a newer version of Parley; start that one.'],
  failed: ['database_failed', (message) => `The database cannot be opened. ${message}`],
};

export interface OpenSettings {
  /** Other secrets than before are meant. */
  replacesPrints?: boolean;
  /** Makes no database where there is none. */
  mustExist?: boolean;
}

/**
 * Opens what the configuration names, with the newest key that opens it. `onFatal`: nothing more can be kept until the process has
 * started again. `onTrouble`: it serves on, but not for ever; somebody has to look.
 */
export async function openStorage(
  config: ServerConfig,
  onFatal: (error: Error) => void,
  onTrouble?: (error: Error) => void,
  settings: OpenSettings = {},
): Promise<Storage> {
  const { database, secrets, dataDir } = config;
  const mint = { serverId: mintRandomUuid(), epoch: mintRandomUuid() };
  const common = { key: secrets.databaseKey, mint, prints: printsOf(secrets), ...settings };

  try {
    if (database.kind === 'sqlite') {
      const { path } = database;
      return await withKeyThatOpens(secrets, (key) => openSqliteStorage({ ...common, path, key, onFatal, onTrouble }));
    }
    // Another process may have changed the key since this one has started.
    const readKeys = () => [secrets.databaseKey, ...secrets.formerDatabaseKeys, ...readDatabaseKeys(dataDir)];
    return await openMongoStorage({ ...common, url: database.url, readKeys });
  } catch (error) {
    throw toldOpenError(error);
  }
}

/** With the newest key that opens the file. */
export async function withKeyThatOpens<T>(
  { databaseKey, formerDatabaseKeys: [former, ...others] }: Pick<Secrets, 'databaseKey' | 'formerDatabaseKeys'>,
  open: (key: Uint8Array) => Promise<T>,
): Promise<T> {
  try {
    return await open(databaseKey);
  } catch (error) {
    if (former === undefined || !(error instanceof SqliteOpenError && error.reason === 'wrong-key')) throw error;
    return withKeyThatOpens({ databaseKey: former, formerDatabaseKeys: others }, open);
  }
}

/** What opening a database rejected with, in words for whoever runs the server. */
export function toldOpenError(error: unknown): unknown {
  if (!(error instanceof SqliteOpenError || error instanceof MongoOpenError)) return error;
  const [code, sentence] = hints[error.reason];
  return new ConfigError([sentence(error.message)], code);
}
