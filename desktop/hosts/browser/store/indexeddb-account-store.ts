import type { ReceivedMessage } from '@parley/shared/contract/entities/message.ts';
import type { LocalStore, LocalTables, LocalWrite } from '../../../engine/ports/local-store.ts';
import { type AccountDatabase, type AccountWriting, messagesOf, type SealedMessage } from './account-database.ts';
import type { Place, Sealed, Sealing } from './sealing.ts';
import { StoreTakenError, writeStrictly } from './write-strictly.ts';

interface AccountStoreParts {
  database: AccountDatabase;
  holder: string;
  sealing: Sealing;
  /** Told when a read or write rejects because of it. */
  onUnusable: (reason: 'damaged' | 'taken') => void;
  /** Told once, when the store is closed. */
  onClosed: () => void;
  /** Takes the closed store off the disk. */
  remove: () => Promise<void>;
}

type Request = (transaction: AccountWriting) => Promise<unknown>;

/** One account's records in IndexedDB, sealed. Everything is sealed before a transaction and opened after it. */
export function createAccountStore(parts: AccountStoreParts): LocalStore {
  const { database, holder, sealing } = parts;
  let lastWrite: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | undefined;

  function refuseWhenClosed(): void {
    if (closing) throw new Error('the local store is closed');
  }

  async function openAll(records: readonly { place: Place; sealed: Sealed }[]): Promise<unknown[]> {
    const opened = await Promise.allSettled(records.map(({ place, sealed }) => sealing.open(place, sealed)));
    if (opened.some(({ status }) => status === 'rejected')) {
      parts.onUnusable('damaged');
      throw new Error('a record of the local store is damaged');
    }
    return opened.map((one) => (one as PromiseFulfilledResult<unknown>).value);
  }

  async function openMessages(records: SealedMessage[]): Promise<ReceivedMessage[]> {
    try {
      const opened = await openAll(records.map((sealed) => ({ place: placeOf(sealed), sealed })));
      return opened as ReceivedMessage[];
    } catch (error) {
      // Leaving the message out would be a hole that nobody knows of. The next start forgets the conversation and fetches it anew.
      const conversationId = records[0]?.conversationId;
      if (conversationId !== undefined) {
        await writeStrictly(database, holder, ['damaged'], (transaction) => [
          transaction.objectStore('damaged').put(true, conversationId),
        ]);
      }
      throw error;
    }
  }

  async function shut(): Promise<void> {
    await lastWrite;
    database.close();
    parts.onClosed();
  }

  return {
    async readAll(table) {
      refuseWhenClosed();
      const transaction = database.transaction(table);
      const [keys, records] = await Promise.all([transaction.store.getAllKeys(), transaction.store.getAll()]);
      const opened = await openAll(
        keys.map((key, index) => ({ place: [table, key], sealed: records[index] as (typeof records)[number] })),
      );
      return opened as LocalTables[typeof table]['value'][];
    },

    async readMessages({ conversationId, fromSeq, toSeq, limit, take }) {
      refuseWhenClosed();
      if (limit < 1 || fromSeq > toSeq) return [];
      const range = IDBKeyRange.bound([conversationId, fromSeq], [conversationId, toSeq]);
      const records =
        take === 'oldest' ? await database.getAll('messages', range, limit) : await readNewest(database, range, limit);
      return openMessages(records);
    },

    async findMessages(conversationId, messageIds) {
      refuseWhenClosed();
      const index = database.transaction('messages').store.index('by-id');
      const found = await Promise.all([...new Set(messageIds)].map((id) => index.get([conversationId, id])));
      return openMessages(found.filter((record) => record !== undefined));
    },

    async write(batch) {
      refuseWhenClosed();
      const tables = batch.map(({ table }) => table);
      const sealed = Promise.all(batch.map((write) => prepare(sealing, write)));
      const written = lastWrite.then(async () => {
        const requests = await sealed;
        await writeStrictly(database, holder, tables, (transaction) => start(requests, transaction));
      });
      // Its owner hears of a failure by `written`; by itself it may fail while an earlier batch is still on its way.
      sealed.catch(() => undefined);
      lastWrite = written.catch((error: unknown) => {
        if (error instanceof StoreTakenError) parts.onUnusable('taken');
      });
      return written;
    },

    close: () => (closing ??= shut()),

    async erase() {
      await (closing ??= shut());
      await parts.remove();
    },
  };
}

function placeOf({ conversationId, seq, id }: Omit<SealedMessage, keyof Sealed>): Place {
  return ['messages', conversationId, seq, id];
}

/** The lazy loop stops the requests at the first one that cannot even be started. */
function* start(requests: readonly Request[], transaction: AccountWriting): Iterable<Promise<unknown>> {
  for (const request of requests) yield request(transaction);
}

/** Copies the write before its first wait. */
async function prepare(sealing: Sealing, write: LocalWrite): Promise<Request> {
  if (write.table !== 'messages') {
    const { table, key, value } = write;
    if (value === null) return (transaction) => transaction.objectStore(table).delete(key);
    const sealed = await sealing.seal([table, key], value);
    return (transaction) => transaction.objectStore(table).put(sealed, key);
  }
  const { conversationId, message } = write;
  if (message === null) return (transaction) => transaction.objectStore('messages').delete(messagesOf(conversationId));
  const clear = { conversationId, seq: message.seq, id: message.id };
  const record = { ...clear, ...(await sealing.seal(placeOf(clear), message)) };
  return (transaction) => transaction.objectStore('messages').put(record);
}

async function readNewest(database: AccountDatabase, range: IDBKeyRange, limit: number): Promise<SealedMessage[]> {
  const records: SealedMessage[] = [];
  let cursor = await database.transaction('messages').store.openCursor(range, 'prev');
  while (cursor) {
    records.push(cursor.value);
    cursor = records.length < limit ? await cursor.continue() : null;
  }
  return records.toReversed();
}
