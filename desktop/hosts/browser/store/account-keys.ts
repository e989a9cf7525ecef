import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

interface KeySchema extends DBSchema {
  keys: { key: string; value: CryptoKey };
}

/** The device's keys, one for each account that has a store here. No script can read them out; the browser only uses them. */
export interface AccountKeys {
  list(): Promise<string[]>;
  /** The account's key, made if need be: then `isNew`, and whatever was sealed before is lost. */
  obtain(accountKey: string): Promise<{ key: CryptoKey; isNew: boolean }>;
  /** Makes everything unreadable that was sealed with it. */
  forget(accountKey: string): Promise<void>;
}

export function createAccountKeys(databaseName: string): AccountKeys {
  async function withKeys<T>(ask: (database: IDBPDatabase<KeySchema>) => Promise<T>): Promise<T> {
    const database = await openDB<KeySchema>(databaseName, 1, {
      upgrade: (fresh) => void fresh.createObjectStore('keys'),
    });
    try {
      return await ask(database);
    } finally {
      database.close();
    }
  }

  return {
    list: () => withKeys((database) => database.getAllKeys('keys')),
    obtain: (accountKey) =>
      withKeys(async (database) => {
        // Made beforehand: a transaction does not wait for anything but its own requests.
        const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
        const transaction = database.transaction('keys', 'readwrite', { durability: 'strict' });
        const held = await transaction.store.get(accountKey);
        if (!held) await transaction.store.put(made, accountKey);
        await transaction.done;
        return { key: held ?? made, isNew: held === undefined };
      }),
    forget: (accountKey) =>
      withKeys(async (database) => {
        const transaction = database.transaction('keys', 'readwrite', { durability: 'strict' });
        await transaction.store.delete(accountKey);
        await transaction.done;
      }),
  };
}
