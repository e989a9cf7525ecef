import { closeSync, copyFileSync, existsSync, openSync } from 'node:fs';
import { openDatabase, sqliteCode, type Database } from './database.ts';
import { migrations } from './migrations.ts';
import { SqliteOpenError } from './open-error.ts';

export interface DatabaseSettings {
  path: string;
  /** 32 bytes, hexadecimal. */
  keyHex: string;
  mint: { serverId: string; epoch: string };
  prints?: Record<string, string> | undefined;
  replacesPrints?: boolean | undefined;
  mustExist?: boolean | undefined;
}

export interface PreparedDatabase {
  database: Database;
  identity: { serverId: string; epoch: string };
}

/** Opens, unlocks, locks and migrates. Throws `SqliteOpenError`. */
export function prepareDatabase(
  settings: DatabaseSettings,
  steps: readonly string[] = migrations,
  beforeWrite?: () => void,
): PreparedDatabase {
  if (settings.mustExist === true && !existsSync(settings.path)) throw new SqliteOpenError('missing', settings.path);
  createPrivately(settings.path);
  let opened = unlock(settings, beforeWrite);
  const version = versionOf(opened);
  if (version > steps.length) {
    opened.close();
    throw new SqliteOpenError('too-new', 'The database was written by a later version of Parley. Start that version.');
  }
  if (version > 0 && version < steps.length) {
    // Closed meanwhile: a copy made by the process that has the file open would take SQLite's lock away from it.
    opened.close();
    copyFileSync(settings.path, `${settings.path}.before-${version + 1}`);
    opened = unlock(settings, beforeWrite);
  }
  try {
    migrate(opened, steps);
    const identity = readIdentity(opened, settings.mint);
    comparePrints(opened, settings);
    return { database: opened, identity };
  } catch (error) {
    opened.close();
    if (error instanceof SqliteOpenError) throw error;
    throw failed(settings.path, error);
  }
}

function createPrivately(path: string): void {
  // Never opened where it exists: closing it again would drop the locks this process may have on it.
  if (existsSync(path)) return;
  try {
    closeSync(openSync(path, 'a', 0o600));
  } catch (error) {
    throw failed(path, error);
  }
}

function unlock(settings: DatabaseSettings, beforeWrite?: () => void): Database {
  let database: Database | undefined;
  try {
    database = openDatabase(settings.path, beforeWrite);
    // AEGIS-256 runs on the processor's AES instructions: a fifth of the cost of ChaCha20 here. `raw:` skips the derivation from a
    // passphrase, which a random key does not need.
    database.pragma(`cipher = 'aegis'`);
    database.pragma(`key = "raw:${settings.keyHex}"`);
    // Held until the end: one process serves a file, and SQLite needs no shared memory beside it.
    database.pragma('locking_mode = EXCLUSIVE');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('wal_autocheckpoint = 0');
    database.pragma('temp_store = MEMORY');
    database.pragma('cache_size = -32768');
    // Takes the write lock now rather than with the first message.
    database.execute('BEGIN EXCLUSIVE');
    database.execute('COMMIT');
    return database;
  } catch (error) {
    database?.close();
    throw openErrorFrom(settings.path, error);
  }
}

function failed(path: string, cause: unknown): SqliteOpenError {
  return new SqliteOpenError('failed', `${path}: ${cause instanceof Error ? cause.message : 'failed'}.`, { cause });
}

function openErrorFrom(path: string, error: unknown): SqliteOpenError {
  const code = sqliteCode(error) ?? '';
  if (code === 'SQLITE_NOTADB')
    return new SqliteOpenError('wrong-key', 'The key does not open the database.', { cause: error });
  if (code.startsWith('SQLITE_BUSY'))
    return new SqliteOpenError('in-use', 'The database is in use: another server has it open.', { cause: error });
  return failed(path, error);
}

function versionOf(database: Database): number {
  return Number(database.pragma('user_version')[0]?.['user_version']);
}

function migrate(database: Database, steps: readonly string[]): void {
  for (let version = versionOf(database); version < steps.length; version += 1) {
    database.execute('BEGIN');
    database.execute(steps[version] ?? '');
    database.execute(`PRAGMA user_version = ${version + 1}`);
    database.execute('COMMIT');
  }
}

function readIdentity(database: Database, mint: { serverId: string; epoch: string }): PreparedDatabase['identity'] {
  database
    .statement('INSERT INTO server (server_id, epoch) SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM server)')
    .run(mint.serverId, mint.epoch);
  const row = database.statement('SELECT server_id, epoch FROM server').get();
  return { serverId: String(row?.['server_id']), epoch: String(row?.['epoch']) };
}

function comparePrints(database: Database, { prints, replacesPrints }: DatabaseSettings): void {
  if (prints === undefined) return;
  const text = database.statement('SELECT prints FROM server').get()?.['prints'];
  const stored = typeof text === 'string' ? (JSON.parse(text) as Record<string, string>) : undefined;
  const others = Object.keys(prints).filter((name) => stored?.[name] !== prints[name]);
  if (others.length === 0) return;
  if (stored !== undefined && replacesPrints !== true) throw new SqliteOpenError('other-secrets', others.join(', '));
  database.statement('UPDATE server SET prints = ?').run(JSON.stringify(prints));
}
