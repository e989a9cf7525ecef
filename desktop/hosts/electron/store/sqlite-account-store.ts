import { setImmediate } from 'node:timers/promises';
import type { ReceivedMessage } from '@parley/shared/contract/entities/message.ts';
import type { LocalStore, LocalTable, LocalTables, LocalWrite } from '../../../engine/ports/local-store.ts';
import { type CallName, type DatabaseCalls, DatabaseError, type FlatWrite, type Parts } from './database-calls.ts';
import type { DatabaseLink } from './database-link.ts';

interface AccountStoreParts {
  link: DatabaseLink;
  path: string;
  /** A page does not open: the account is of no use until it is opened again. */
  onDamaged: () => Promise<void>;
  onClosed: () => void;
  /** Forgets what was closed. */
  remove: () => Promise<void>;
}

/** One account's store over a database that the worker has open. */
export function createAccountStore({ link, path, onDamaged, onClosed, remove }: AccountStoreParts): LocalStore {
  let closing: Promise<void> | undefined;

  async function call<K extends CallName>(
    name: K,
    input: Omit<Parameters<DatabaseCalls[K]>[0], 'path'>,
  ): Promise<ReturnType<DatabaseCalls[K]>> {
    if (closing) throw new Error('the local store is closed');
    try {
      return await link.call(name, { ...input, path } as Parameters<DatabaseCalls[K]>[0]);
    } catch (error) {
      if (error instanceof DatabaseError && error.trouble === 'damaged') await onDamaged();
      throw error;
    }
  }

  async function shut(): Promise<void> {
    try {
      await link.call('close', { path });
    } finally {
      onClosed();
    }
  }

  return {
    async readAll<T extends LocalTable>(table: T) {
      return parse<LocalTables[T]['value']>(await call('readAll', { table }));
    },
    readMessages: async (range) => parse<ReceivedMessage>(await call('readMessages', { range })),
    findMessages: async (conversationId, messageIds) =>
      parse<ReceivedMessage>(await call('findMessages', { conversationId, messageIds })),
    async write(batch) {
      await call('write', { writes: batch.map(flatten) });
    },
    close: () => (closing ??= shut()),
    async erase() {
      await (closing ??= shut());
      await remove();
    },
  };
}

function flatten(write: LocalWrite): FlatWrite {
  if (write.table !== 'messages') {
    const { table, key, value } = write;
    return { table, key, body: value === null ? null : JSON.stringify(value) };
  }
  const { table, conversationId, message } = write;
  if (message === null) return { table, conversationId, message };
  return { table, conversationId, message: { seq: message.seq, id: message.id, body: JSON.stringify(message) } };
}

/** Part by part, so that the process gets round to other things in between. */
async function parse<T>(parts: Parts): Promise<T[]> {
  const records: T[] = [];
  for (const [index, part] of parts.entries()) {
    if (index > 0) await setImmediate();
    for (const record of JSON.parse(part) as T[]) records.push(record);
  }
  return records;
}
