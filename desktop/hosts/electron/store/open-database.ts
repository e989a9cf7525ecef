import { DatabaseError, type DatabaseTrouble } from './database-calls.ts';
import { migrations } from './migrations.ts';
import { type Driver, type OpenDriver, sqliteCode } from './sqlite-driver.ts';

/** Opens, unlocks, locks and migrates. Throws `DatabaseError`. */
export function openDatabase(
  open: OpenDriver,
  path: string,
  keyHex: string,
  steps: readonly string[] = migrations,
): Driver {
  const driver = unlock(open, path, keyHex);
  try {
    migrate(driver, steps);
    return driver;
  } catch (error) {
    driver.close();
    throw asDatabaseError(error);
  }
}

/** `damaged` also where the page that does not open is the first: whoever opens a database tells the two apart. */
export function asDatabaseError(error: unknown): DatabaseError {
  if (error instanceof DatabaseError) return error;
  return new DatabaseError(troubleOf(sqliteCode(error) ?? ''), String(error), { cause: error });
}

function troubleOf(code: string): DatabaseTrouble {
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return 'damaged';
  return code.startsWith('SQLITE_BUSY') ? 'in-use' : 'failed';
}

function unlock(open: OpenDriver, path: string, keyHex: string): Driver {
  let driver: Driver | undefined;
  try {
    driver = open(path);
    // AEGIS-256 runs on the processor's AES instructions. `raw:` skips the derivation from a passphrase, which a random key does not need.
    driver.pragma(`cipher = 'aegis'`);
    driver.pragma(`key = "raw:${keyHex}"`);
    // Held until the end: one process has the file, and SQLite needs no shared memory beside it.
    driver.pragma('locking_mode = EXCLUSIVE');
    driver.pragma('journal_mode = WAL');
    driver.pragma('synchronous = FULL');
    // What spills out of memory would lie in a file of its own.
    driver.pragma('temp_store = MEMORY');
    // Takes the lock now rather than with the first write.
    driver.execute('BEGIN EXCLUSIVE');
    driver.execute('COMMIT');
    return driver;
  } catch (error) {
    driver?.close();
    if (sqliteCode(error) === 'SQLITE_NOTADB')
      throw new DatabaseError('unreadable', 'the key does not open the database');
    throw asDatabaseError(error);
  }
}

function migrate(driver: Driver, steps: readonly string[]): void {
  const version = Number(driver.pragma('user_version')[0]?.['user_version']);
  if (version > steps.length) throw new DatabaseError('too-new', 'a later version of Parley wrote the database');
  if (version === steps.length) return;
  driver.execute('BEGIN');
  for (const step of steps.slice(version)) driver.execute(step);
  driver.execute(`PRAGMA user_version = ${steps.length}`);
  driver.execute('COMMIT');
}
