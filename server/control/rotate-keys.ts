import { changeDatabaseKey, forgetFormerKeys } from '../config/secrets-file.ts';
import { ConfigError, type ServerConfig } from '../config/server-config.ts';
import type { Storage } from '../storage/port/storage.ts';

/**
 * Brings the database under a new key, which it keeps where the old one was; interrupted, the next call goes on. Answers what was done and
 * what is left to do by hand.
 */
export async function rotateKeys(
  { dataDir, database, secrets }: Pick<ServerConfig, 'dataDir' | 'database' | 'secrets'>,
  { changeKey }: Pick<Storage, 'changeKey'>,
): Promise<string> {
  if (!secrets.isDatabaseKeyGiven) {
    const [key] = changeDatabaseKey(dataDir);
    await changeKey(key);
    forgetFormerKeys(dataDir);
    return 'The keys of the database are new. Back secrets.json up again: older backups of the data open only with the secrets.json of their time.';
  }
  const isNew = secrets.formerDatabaseKeys.length > 0;
  if (!isNew && database.kind === 'sqlite')
    throw new ConfigError([
      'PARLEY_DATABASE_KEY comes from the environment: set it to the new key, a comma and the present one, start the server again, then run this once more.',
    ]);
  await changeKey(secrets.databaseKey);
  return isNew
    ? 'The keys of the database are new. Take the former one out of PARLEY_DATABASE_KEY, of every server.'
    : 'The keys in the database are new. PARLEY_DATABASE_KEY, which comes from the environment, is still the same.';
}
