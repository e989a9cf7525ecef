import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from 'idb';
import type { LocalTable } from '../../../engine/ports/local-store.ts';
import type { Sealed } from './sealing.ts';

/** Only what records are looked up by is readable. */
export interface SealedMessage extends Sealed {
  conversationId: string;
  seq: number;
  id: string;
}

type TableSchema = { [T in LocalTable]: { key: string; value: Sealed } };
interface AccountSchema extends DBSchema, TableSchema {
  messages: { key: [string, number]; value: SealedMessage; indexes: { 'by-id': [string, string] } };
  /** Conversations with a message that could not be opened, until the next start forgets what is here of them. */
  damaged: { key: string; value: true };
  /** Who may write: the last one that opened the store. */
  holder: { key: 'holder'; value: string };
}

export type AccountDatabase = IDBPDatabase<AccountSchema>;
export type AccountStoreName = StoreNames<AccountSchema>;
export type AccountWriting = IDBPTransaction<AccountSchema, AccountStoreName[], 'readwrite'>;

const everyTable: { [T in LocalTable]: T } = {
  account: 'account',
  feed: 'feed',
  conversations: 'conversations',
  profiles: 'profiles',
  drafts: 'drafts',
  markers: 'markers',
  outbox: 'outbox',
};
export const localTables = Object.values(everyTable);

export function openAccountDatabase(name: string): Promise<AccountDatabase> {
  return openDB<AccountSchema>(name, 1, {
    upgrade(fresh) {
      for (const table of localTables) fresh.createObjectStore(table);
      fresh
        .createObjectStore('messages', { keyPath: ['conversationId', 'seq'] })
        .createIndex('by-id', ['conversationId', 'id']);
      fresh.createObjectStore('damaged');
      fresh.createObjectStore('holder');
    },
    // Somebody erases the account, or brings a newer schema: not to be held up by this page.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
}

/** Arrays sort after all strings and numbers (Indexed Database API 3.0, "compare two keys"). */
export function messagesOf(conversationId: string): IDBKeyRange {
  return IDBKeyRange.bound([conversationId], [conversationId, []]);
}
