import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { secretsFileSchema, type SecretsFile } from './secrets.ts';
import { ConfigError } from './server-config.ts';

const rotateAfterMs = 30 * 24 * 3_600_000;
const newKey = () => randomBytes(32).toString('base64url');

/** Whole or not at all, on the disk before it gets its name, which is there before this returns. */
function write(path: string, secrets: SecretsFile, place: (draft: string, path: string) => void): void {
  const draft = `${path}.${process.pid}.new`;
  rmSync(draft, { force: true });
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeSync(file, `${JSON.stringify(secrets, null, 2)}\n`);
    fsyncSync(file);
    place(draft, path);
    syncFolder(dirname(path));
  } finally {
    closeSync(file);
    rmSync(draft, { force: true });
  }
}

function syncFolder(path: string): void {
  // Windows keeps no handles of folders to do it with.
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Of two processes that start at once, one makes the file and both read it. */
function placeFirst(draft: string, path: string): void {
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function generate(at: number): SecretsFile {
  return {
    version: 1,
    databaseKey: newKey(),
    accessTokenKeys: [{ key: newKey(), madeAt: at }],
    refreshKey: newKey(),
    passwordPepper: newKey(),
    throttleKey: newKey(),
  };
}

function read(path: string): SecretsFile {
  const text = readFileSync(path, 'utf8');
  try {
    return secretsFileSchema.parse(JSON.parse(text));
  } catch {
    throw new ConfigError(
      ['secrets.json in the data folder is damaged; put it back from a backup.'],
      'secrets_damaged',
    );
  }
}

const pathIn = (dataDir: string) => join(dataDir, 'secrets.json');

export interface SecretsPlace {
  dataDir: string;
  /** The time, in milliseconds. */
  at: number;
  /** Data without its secrets is unreadable: new ones are never made beside it. */
  hasData: boolean;
  /** Several processes read this file, each when it starts. */
  isShared: boolean;
}

/**
 * The secrets of this data folder, made at the first start. The key that signs access tokens is changed after a month, unless other
 * processes would not know of it; the one before it is kept, so that tokens outlive the change.
 */
export function openSecretsFile({ dataDir, at, hasData, isShared }: SecretsPlace): SecretsFile {
  const path = pathIn(dataDir);
  if (!existsSync(path)) {
    if (hasData) {
      const sentence = 'secrets.json is missing from the data folder that holds a database; put it back from a backup.';
      throw new ConfigError([sentence], 'secrets_missing');
    }
    write(path, generate(at), placeFirst);
  }
  chmodSync(path, 0o600);
  const secrets = read(path);
  const [newest] = secrets.accessTokenKeys;
  if (isShared || newest === undefined || at - newest.madeAt < rotateAfterMs) return secrets;
  const rotated = { ...secrets, accessTokenKeys: [{ key: newKey(), madeAt: at }, newest] };
  write(path, rotated, renameSync);
  return rotated;
}

/** The keys of a database, newest first. */
export type DatabaseKeys = [current: Uint8Array, ...former: Uint8Array[]];

/**
 * Puts a new key before the one in the file, and answers both; a change that was interrupted goes on with the key it had made. Neither
 * is lost until `forgetFormerKeys`.
 */
export function changeDatabaseKey(dataDir: string): DatabaseKeys {
  const path = pathIn(dataDir);
  const secrets = read(path);
  const { databaseKey, formerDatabaseKeys = [] } = secrets;
  const isUnderWay = formerDatabaseKeys.length > 0;
  const keys: [string, ...string[]] = isUnderWay ? [databaseKey, ...formerDatabaseKeys] : [newKey(), databaseKey];
  if (!isUnderWay) write(path, { ...secrets, databaseKey: keys[0], formerDatabaseKeys: keys.slice(1) }, renameSync);
  const [current, ...former] = keys.map((key) => Buffer.from(key, 'base64url'));
  return [current as Uint8Array, ...former];
}

export function forgetFormerKeys(dataDir: string): void {
  const path = pathIn(dataDir);
  const { formerDatabaseKeys: _, ...secrets } = read(path);
  write(path, secrets, renameSync);
}

/** The keys of the database as they are in the file now, newest first; none where there is no file. */
export function readDatabaseKeys(dataDir: string): Uint8Array[] {
  const path = pathIn(dataDir);
  if (!existsSync(path)) return [];
  const { databaseKey, formerDatabaseKeys = [] } = read(path);
  return [databaseKey, ...formerDatabaseKeys].map((key) => Buffer.from(key, 'base64url'));
}
