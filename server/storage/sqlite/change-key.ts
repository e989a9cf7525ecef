import type { Database } from './database.ts';

/**
 * Writes every page of the file anew under another key, in one transaction: what a crash leaves opens with the former key or with this
 * one, never with both. The log is emptied and put aside meanwhile, since its pages are of one key only.
 */
export function changeKey(database: Database, keyHex: string): void {
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.pragma('journal_mode = DELETE');
  try {
    database.pragma(`rekey = "raw:${keyHex}"`);
  } finally {
    database.pragma('journal_mode = WAL');
  }
}
