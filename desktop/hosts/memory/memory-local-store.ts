import type { LocalStore, LocalStorePort, LocalWrite } from '../../engine/ports/local-store.ts';
import {
  applyBatch,
  createMemoryAccount,
  createMemoryDisk,
  type MemoryAccount,
  type MemoryDisk,
} from './memory-disk.ts';

/**
 * What becomes of a batch: it is kept; it is refused and changes nothing; or the process dies before or after it reached the disk,
 * without the writer hearing either way.
 */
export type WriteFate = 'kept' | 'refused' | 'dies-before' | 'dies-after';

/** The local store in memory, with the faults that tests need. */
export interface MemoryStorePort extends LocalStorePort {
  /** What survives `crash`. */
  readonly disk: MemoryDisk;
  /** Asked once for every batch, in the order of their effects. The last one given counts. */
  decideWrites(fateOf: (batch: readonly LocalWrite[]) => WriteFate): void;
  /** As a killed process: what is under way and asked later is never answered, and nothing reaches the disk any more. */
  crash(): void;
}

const never = new Promise<never>(() => {});

/**
 * Without a disk nothing survives this run, and `kind` says so. With one it stands in for a kept store: another port over the same disk
 * is the next run.
 */
export function createMemoryStorePort(durable?: MemoryDisk): MemoryStorePort {
  const disk = durable ?? createMemoryDisk();
  const open = new Set<string>();
  let fateOf: (batch: readonly LocalWrite[]) => WriteFate = () => 'kept';
  let isDead = false;

  async function commit(account: MemoryAccount, batch: readonly LocalWrite[]): Promise<void> {
    if (isDead) return never;
    const fate = fateOf(batch);
    if (fate === 'refused') throw new Error('the disk refuses the batch');
    if (fate !== 'dies-before') applyBatch(account, batch);
    if (fate === 'kept') return undefined;
    isDead = true;
    return never;
  }

  function openStore(accountKey: string, account: MemoryAccount): LocalStore {
    let closing: Promise<void> | undefined;
    let lastWrite: Promise<unknown> = Promise.resolve();

    function read<T>(take: () => T): Promise<T> {
      if (isDead) return never;
      if (closing) return Promise.reject(new Error('the local store is closed'));
      return Promise.resolve(structuredClone(take()));
    }

    async function shut(): Promise<void> {
      await lastWrite;
      if (isDead) return never;
      open.delete(accountKey);
      return undefined;
    }

    return {
      readAll: (table) => read(() => [...account.tables[table].values()]),
      readMessages: ({ conversationId, fromSeq, toSeq, limit, take }) =>
        read(() => {
          const held = [...(account.messages.get(conversationId)?.values() ?? [])]
            .filter(({ seq }) => seq >= fromSeq && seq <= toSeq)
            .toSorted((one, other) => one.seq - other.seq);
          return take === 'oldest' ? held.slice(0, limit) : held.slice(Math.max(0, held.length - limit));
        }),
      findMessages: (conversationId, messageIds) =>
        read(() => {
          const wanted = new Set(messageIds);
          return [...(account.messages.get(conversationId)?.values() ?? [])].filter(({ id }) => wanted.has(id));
        }),
      async write(batch) {
        if (isDead) return never;
        if (closing) throw new Error('the local store is closed');
        const copy = structuredClone(batch);
        const written = lastWrite.then(() => commit(account, copy));
        lastWrite = written.catch(() => undefined);
        return written;
      },
      close: () => (closing ??= shut()),
      async erase() {
        await (closing ??= shut());
        disk.accounts.delete(accountKey);
      },
    };
  }

  return {
    kind: durable ? 'kept' : 'memory',
    disk,
    list: () => (isDead ? never : Promise.resolve([...disk.accounts.keys()])),
    async open(accountKey) {
      if (isDead) return never;
      if (open.has(accountKey)) throw new Error('the local store of this account is open already');
      open.add(accountKey);
      const account = disk.accounts.get(accountKey) ?? createMemoryAccount();
      disk.accounts.set(accountKey, account);
      return openStore(accountKey, account);
    },
    decideWrites(decide) {
      fateOf = decide;
    },
    crash() {
      isDead = true;
    },
  };
}
