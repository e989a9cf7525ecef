import type { ReceivedMessage } from '@parley/shared/contract/entities/message.ts';
import type { LocalStore, LocalTable, LocalTables, LocalWrite } from '../ports/local-store.ts';

type Value<T extends LocalTable> = LocalTables[T]['value'];
type Tables = { [T in LocalTable]: Map<string, Value<T>> };

/** What a transaction has changed. */
export interface Committed {
  /** Keys by table. */
  changed: Map<LocalTable, Set<string>>;
  messages: { conversationId: string; message: ReceivedMessage }[];
}

const tableNames: LocalTable[] = ['account', 'feed', 'conversations', 'profiles', 'drafts', 'markers', 'outbox'];

/**
 * Everything an account keeps, except messages, in memory; and the one way to change it: transactions that run one after the other, are
 * stored as one batch, and only then become visible here. So memory never knows more than the store (D4).
 */
export class AccountMemory {
  readonly #store: LocalStore;
  readonly #tables: Tables;
  readonly #listeners = new Set<(committed: Committed) => void>();
  #last: Promise<unknown> = Promise.resolve();

  private constructor(store: LocalStore, tables: Tables) {
    this.#store = store;
    this.#tables = tables;
  }

  static async open(store: LocalStore): Promise<AccountMemory> {
    const tables = Object.fromEntries(tableNames.map((table) => [table, new Map()])) as unknown as Tables;
    const read = async <T extends LocalTable>(table: T) => {
      for (const value of await store.readAll(table)) tables[table].set(keyOf(table, value), value);
    };
    await Promise.all(tableNames.map(read));
    return new AccountMemory(store, tables);
  }

  get<T extends LocalTable>(table: T, key: string): Value<T> | undefined {
    return this.#tables[table].get(key);
  }

  all<T extends LocalTable>(table: T): IterableIterator<Value<T>> {
    return this.#tables[table].values();
  }

  size(table: LocalTable): number {
    return this.#tables[table].size;
  }

  get messages(): Pick<LocalStore, 'readMessages' | 'findMessages'> {
    return this.#store;
  }

  /** Told after every transaction that changed something; the listener must not throw. The returned function ends it. */
  onCommitted(listener: (committed: Committed) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Runs when the transactions before it are through. Rejects, with nothing changed, when `work` throws or the store cannot write. */
  transact<R>(work: (transaction: Transaction) => Promise<R> | R): Promise<R> {
    const run = async () => {
      const transaction = new Transaction(this);
      const result = await work(transaction);
      if (transaction.writes.length > 0) {
        await this.#store.write(transaction.writes);
        this.#adopt(transaction);
      }
      return result;
    };
    const outcome = this.#last.then(run, run);
    this.#last = outcome.catch(() => undefined);
    return outcome;
  }

  /** Resolves when everything handed in so far is through. */
  async settled(): Promise<void> {
    await this.#last;
  }

  #adopt(transaction: Transaction): void {
    const committed: Committed = { changed: new Map(), messages: [] };
    for (const write of transaction.writes) {
      if (write.table === 'messages') {
        if (write.message !== null)
          committed.messages.push({ conversationId: write.conversationId, message: write.message });
        continue;
      }
      const table = this.#tables[write.table] as Map<string, unknown>;
      if (write.value === null) table.delete(write.key);
      else table.set(write.key, write.value);
      const keys = committed.changed.get(write.table);
      if (keys === undefined) committed.changed.set(write.table, new Set([write.key]));
      else keys.add(write.key);
    }
    for (const listener of this.#listeners) listener(committed);
  }
}

/** Reads see what the transaction itself has written. Values are replaced, never changed in place. */
export class Transaction {
  readonly #memory: AccountMemory;
  readonly #written = new Map<string, unknown>();
  /** Where in the batch a record stands: of several writes of one record only the last is stored. */
  readonly #places = new Map<string, number>();
  readonly #messages = new Map<string, ReceivedMessage>();
  readonly #forgotten = new Set<string>();
  readonly writes: LocalWrite[] = [];

  constructor(memory: AccountMemory) {
    this.#memory = memory;
  }

  get<T extends LocalTable>(table: T, key: string): Value<T> | undefined {
    const name = `${table}\n${key}`;
    if (this.#written.has(name)) return (this.#written.get(name) as Value<T> | null) ?? undefined;
    return this.#memory.get(table, key);
  }

  put<T extends LocalTable>(table: T, key: string, value: Value<T> | null): void {
    const name = `${table}\n${key}`;
    const place = this.#places.get(name) ?? this.writes.length;
    this.#places.set(name, place);
    this.#written.set(name, value);
    this.writes[place] = { table, key, value } as LocalWrite;
  }

  putMessage(conversationId: string, message: ReceivedMessage): void {
    this.#messages.set(`${conversationId}\n${message.id}`, message);
    this.writes.push({ table: 'messages', conversationId, message });
  }

  forgetMessages(conversationId: string): void {
    this.#forgotten.add(conversationId);
    for (const name of this.#messages.keys()) if (name.startsWith(`${conversationId}\n`)) this.#messages.delete(name);
    this.writes.push({ table: 'messages', conversationId, message: null });
  }

  async findMessages(conversationId: string, messageIds: readonly string[]): Promise<Map<string, ReceivedMessage>> {
    const found = new Map<string, ReceivedMessage>();
    if (!this.#forgotten.has(conversationId)) {
      const stored = await this.#memory.messages.findMessages(conversationId, messageIds);
      for (const message of stored) found.set(message.id, message);
    }
    for (const id of messageIds) {
      const written = this.#messages.get(`${conversationId}\n${id}`);
      if (written !== undefined) found.set(id, written);
    }
    return found;
  }
}

/** Everything the server has, or had; what was only written here stays. */
export function forgetConfirmed(memory: AccountMemory, transaction: Transaction): void {
  for (const { conversationId } of memory.all('conversations')) transaction.forgetMessages(conversationId);
  for (const table of tableNames) {
    for (const value of memory.all(table)) {
      const isOnlyHere = table === 'outbox' || (table === 'drafts' && (value as Value<'drafts'>).isDirty);
      if (!isOnlyHere) transaction.put(table, keyOf(table, value as never), null);
    }
  }
}

/** The key a record is kept under. */
export function keyOf<T extends LocalTable>(table: T, value: Value<T>): string {
  switch (table) {
    case 'account':
      return 'account';
    case 'feed': {
      const entry = value as Value<'feed'>;
      return feedKey(entry.kind, entry.key);
    }
    case 'profiles':
      return (value as Value<'profiles'>).userId;
    case 'outbox':
      return (value as Value<'outbox'>).id;
    default:
      return (value as Value<'conversations' | 'drafts' | 'markers'>).conversationId;
  }
}

export function feedKey(kind: string, key: string): string {
  return `${kind}:${key}`;
}
