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
import { join } from 'node:path';
import { secretsFileSchema, type SecretsFile } from './secrets.ts';
import { ConfigError } from './server-config.ts';

const rotateAfterMs = 30 * 24 * 3_600_000;
const newKey = () => randomBytes(32).toString('base64url');

/** Whole or not at all, on the disk before it gets its name. */
function write(path: string, secrets: SecretsFile, place: (draft: string, path: string) => void): void {
  const draft = `${path}.${process.pid}.new`;
  rmSync(draft, { force: true });
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeSync(file, `${JSON.stringify(secrets, null, 2)}\n`);
    fsyncSync(file);
    place(draft, path);
  } finally {
    closeSync(file);
    rmSync(draft, { force: true });
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
  try {
    return secretsFileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    throw new ConfigError(['secrets.json in the data folder is damaged; put it back from a backup.']);
  }
}

/**
 * The secrets of this data folder, made at the first start. The key that signs access tokens is changed after a month; the one before
 * it is kept, so that tokens outlive the change. Data without its secrets is unreadable: new ones are never made beside it.
 */
export function openSecretsFile(dataDir: string, at: number, hasData: boolean): SecretsFile {
  const path = join(dataDir, 'secrets.json');
  if (!existsSync(path)) {
    if (hasData) {
      throw new ConfigError([
        'secrets.json is missing from the data folder that holds a database; put it back from a backup.',
      ]);
    }
    write(path, generate(at), placeFirst);
  }
  chmodSync(path, 0o600);
  const secrets = read(path);
  const [newest] = secrets.accessTokenKeys;
  if (newest === undefined || at - newest.madeAt < rotateAfterMs) return secrets;
  const rotated = { ...secrets, accessTokenKeys: [{ key: newKey(), madeAt: at }, newest] };
  write(path, rotated, renameSync);
  return rotated;
}
