import { deleteDB } from 'idb';
import type { LocalStore, LocalStorePort } from '../../../engine/ports/local-store.ts';
import { openAccountDatabase } from './account-database.ts';
import { createAccountKeys } from './account-keys.ts';
import { createAccountStore } from './indexeddb-account-store.ts';
import { repairAccount } from './repair-account.ts';
import { createSealing } from './sealing.ts';

export interface IndexedDbOptions {
  /** What the names of the databases begin with. */
  prefix: string;
  log: (event: string, details?: Record<string, unknown>) => void;
  /**
   * An account is of no use any more until it is opened again, so whoever owns the engine starts it anew: a record does not open, and
   * opening takes it away together with the cursors that count on it; or another tab opened the account meanwhile. May be told often.
   */
  onUnusable: () => void;
}

/**
 * The accounts of a browser profile: for each a database of its own, sealed with a key of its own. Opening an account takes it away
 * from whoever had it open before, in another tab too: that one can no longer write.
 */
export function createIndexedDbStorePort({ prefix, log, onUnusable }: IndexedDbOptions): LocalStorePort {
  const keys = createAccountKeys(`${prefix}-keys`);
  const nameOf = (accountKey: string): string => `${prefix}-account-${accountKey}`;
  const open = new Set<string>();

  async function openStore(accountKey: string): Promise<LocalStore> {
    const { key, isNew } = await keys.obtain(accountKey);
    // Nothing can read what is left there: an erasing that was cut short, or a browser that cleared only the keys.
    if (isNew) await deleteDB(nameOf(accountKey));
    const database = await openAccountDatabase(nameOf(accountKey));
    const sealing = createSealing(key, accountKey);
    const holder = crypto.randomUUID();
    try {
      await database.put('holder', holder, 'holder');
      await repairAccount(database, holder, sealing, log);
    } catch (error) {
      database.close();
      throw error;
    }
    return createAccountStore({
      database,
      holder,
      sealing,
      onUnusable(reason) {
        log('local_store_unusable', { reason });
        onUnusable();
      },
      onClosed: () => void open.delete(accountKey),
      async remove() {
        await keys.forget(accountKey);
        await deleteDB(nameOf(accountKey));
      },
    });
  }

  return {
    kind: 'kept',
    list: () => keys.list(),
    async open(accountKey) {
      if (open.has(accountKey)) throw new Error('the local store of this account is open already');
      open.add(accountKey);
      try {
        return await openStore(accountKey);
      } catch (error) {
        open.delete(accountKey);
        throw error;
      }
    },
  };
}
