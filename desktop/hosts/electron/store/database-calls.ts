import type { LocalStore, LocalTable } from '../../../engine/ports/local-store.ts';

/** Why a database is of no use. */
export type DatabaseTrouble =
  /** The key does not open it, or its first page is damaged: nobody can tell. */
  | 'unreadable'
  /** A page does not open. */
  | 'damaged'
  /** Somebody has it open. */
  | 'in-use'
  /** A later version of Parley wrote it. */
  | 'too-new'
  /** The disk is full or does not let us, or what was asked makes no sense. */
  | 'failed';

export class DatabaseError extends Error {
  readonly trouble: DatabaseTrouble;

  constructor(trouble: DatabaseTrouble, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DatabaseError';
    this.trouble = trouble;
  }
}

/** A write on its way to the worker. Bodies are JSON: strings are the cheapest to clone, and what is stored. */
export type FlatWrite =
  | { table: LocalTable; key: string; body: string | null }
  | { table: 'messages'; conversationId: string; message: { seq: number; id: string; body: string } | null };

/** Records on their way back: each part is a JSON array, small enough to be parsed between two frames. */
export type Parts = string[];

type MessageRange = Parameters<LocalStore['readMessages']>[0];

/** What the worker does; one call after the other, in the order they were asked. A database is named by its path. */
export interface DatabaseCalls {
  /** Makes it where there is none. */
  open(input: { path: string; keyHex: string }): null;
  write(input: { path: string; writes: FlatWrite[] }): null;
  readAll(input: { path: string; table: LocalTable }): Parts;
  readMessages(input: { path: string; range: MessageRange }): Parts;
  findMessages(input: { path: string; conversationId: string; messageIds: readonly string[] }): Parts;
  close(input: { path: string }): null;
  /** Of a damaged database that is not open: the records of these tables, as far as they can be read. */
  rescue(input: { path: string; keyHex: string; tables: readonly LocalTable[] }): {
    writes: FlatWrite[];
    /** None was left behind. */
    isWhole: boolean;
  };
}
export type CallName = keyof DatabaseCalls;

export interface Call<K extends CallName = CallName> {
  id: number;
  name: K;
  input: Parameters<DatabaseCalls[K]>[0];
}

export type Answer = { id: number; value: unknown } | { id: number; trouble: DatabaseTrouble; message: string };
