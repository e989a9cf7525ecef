import type { Worker } from 'node:worker_threads';
import type { LocalStore, LocalStorePort, LocalTable, StoredAccount } from '../../../engine/ports/local-store.ts';
import type { SecretVault } from '../secrets/secret-vault.ts';
import { AccountFolders, remove } from './account-folders.ts';
import { DatabaseError, type FlatWrite } from './database-calls.ts';
import { DatabaseKeys } from './database-keys.ts';
import { DatabaseLink } from './database-link.ts';
import { createAccountStore } from './sqlite-account-store.ts';

/** Something this device kept cannot be opened any more. Whatever had reached the server comes back from there. */
export interface LocalLoss {
  accountKey: string;
  /**
   * - `key-missing`: the secrets do not have the key, as when the profile was copied from another computer. Everything is left as it is,
   *   so that it is there again when the key is; only signing in to the account anew sets it aside.
   * - `unreadable`: the key does not open it. It was set aside.
   * - `damaged`: parts do not open. It was set aside, and what was typed or waited to be sent may be among them.
   */
  cause: 'key-missing' | 'unreadable' | 'damaged';
  /** The folder that has it. */
  folder: string;
}

export interface SqliteStoreOptions {
  profilePath: string;
  secrets: SecretVault;
  /** Starts `database-worker.ts`. */
  startDatabaseWorker: () => Worker;
  log: (event: string, details?: Record<string, unknown>) => void;
  /** Messages or drafts that only this device had may be lost: for the person to hear. */
  onLoss: (loss: LocalLoss) => void;
  /**
   * An account, or all of them, can no longer be read or written until its store is opened again, by a port that was made anew; opening
   * repairs it. Told once.
   */
  onUnusable: () => void;
}

/** A store that is kept. Whoever opened it ends it. */
export interface SqliteStorePort extends LocalStorePort {
  /** Closes what is still open. */
  end(): Promise<void>;
}

/** What only this device has, and the record that says whose it is. */
const irreplaceable: readonly LocalTable[] = ['account', 'outbox', 'drafts'];

/** The accounts of a profile: for each an encrypted database with a key of its own, all of them in one worker. */
export async function openSqliteStorePort(options: SqliteStoreOptions): Promise<SqliteStorePort> {
  const { secrets, log, onLoss } = options;
  const folders = new AccountFolders(options.profilePath);
  const keys = new DatabaseKeys(secrets);
  await folders.tidy(
    (accountKey) => keys.erase(accountKey),
    (error) => log('database_key_left', { error: String(error) }),
  );

  let isUnusable = false;
  function becomeUnusable(reason: string): void {
    if (isUnusable) return;
    isUnusable = true;
    log('local_store_unusable', { reason });
    options.onUnusable();
  }

  const link = new DatabaseLink(options.startDatabaseWorker(), (error) => {
    log('database_worker_died', { error: String(error) });
    becomeUnusable('worker');
  });
  const open = new Map<string, LocalStore | undefined>();
  const reported = new Set<string>();

  function report(accountKey: string, cause: LocalLoss['cause'], folder: string): void {
    log('local_store_lost', { cause });
    onLoss({ accountKey, cause, folder });
    reported.add(accountKey);
  }

  async function makeNew(accountKey: string): Promise<void> {
    const keyHex = await keys.make(accountKey);
    await folders.make(accountKey);
    await link.call('open', { path: pathOf(accountKey), keyHex });
  }

  function pathOf(accountKey: string): string {
    return folders.databaseIn(folders.folderOf(accountKey));
  }

  async function openDatabase(accountKey: string): Promise<void> {
    if (!(await folders.has(accountKey))) return makeNew(accountKey);
    const keyHex = await keys.find(accountKey);
    if (keyHex === undefined) {
      const folder = await folders.setAside(accountKey);
      if (!reported.has(accountKey)) report(accountKey, 'key-missing', folder);
      return makeNew(accountKey);
    }
    if (await folders.isDamaged(accountKey)) return rebuild(accountKey, keyHex);
    try {
      await link.call('open', { path: pathOf(accountKey), keyHex });
    } catch (error) {
      const trouble = error instanceof DatabaseError ? error.trouble : undefined;
      if (trouble === 'damaged') return rebuild(accountKey, keyHex);
      if (trouble !== 'unreadable') throw error;
      report(accountKey, 'unreadable', await folders.setAside(accountKey));
      return makeNew(accountKey);
    }
  }

  /**
   * Into a new database goes what no server has; the rest is fetched again. The old one goes when nothing was left behind in it, and is
   * otherwise set aside.
   */
  async function rebuild(accountKey: string, keyHex: string): Promise<void> {
    const { writes, isWhole } = await link
      .call('rescue', { path: pathOf(accountKey), keyHex, tables: irreplaceable })
      .catch(() => ({ writes: [], isWhole: false }));
    const path = folders.databaseIn(await folders.beginReplacement(accountKey));
    await link.call('open', { path, keyHex });
    await link.call('write', { path, writes: writes.map(fromTheBeginning) });
    await link.call('close', { path });
    const aside = await folders.replace(accountKey);
    log('local_store_rebuilt', { rescued: writes.length, isWhole });
    if (isWhole) await remove(aside);
    else report(accountKey, 'damaged', aside);
    await link.call('open', { path: pathOf(accountKey), keyHex });
  }

  async function openStore(accountKey: string): Promise<LocalStore> {
    await openDatabase(accountKey);
    return createAccountStore({
      link,
      path: pathOf(accountKey),
      async onDamaged() {
        await folders.markDamaged(accountKey);
        becomeUnusable('damaged');
      },
      onClosed: () => void open.delete(accountKey),
      remove: () => folders.erase(accountKey, () => keys.erase(accountKey)),
    });
  }

  return {
    kind: 'kept',
    async list() {
      const found: string[] = [];
      for (const accountKey of await folders.list()) {
        if ((await keys.find(accountKey)) !== undefined) found.push(accountKey);
        else if (!reported.has(accountKey)) report(accountKey, 'key-missing', folders.folderOf(accountKey));
      }
      return found;
    },
    async open(accountKey) {
      if (open.has(accountKey)) throw new Error('the local store of this account is open already');
      open.set(accountKey, undefined);
      try {
        const store = await openStore(accountKey);
        open.set(accountKey, store);
        return store;
      } catch (error) {
        open.delete(accountKey);
        throw error;
      }
    },
    async end() {
      await Promise.allSettled([...open.values()].map(async (store) => store?.close()));
      await link.end();
    },
  };
}

/** What the cursor counted on is not there any more. */
function fromTheBeginning(write: FlatWrite): FlatWrite {
  if (write.table !== 'account' || write.body === null) return write;
  return { ...write, body: JSON.stringify({ ...(JSON.parse(write.body) as StoredAccount), feedRev: 0 }) };
}
