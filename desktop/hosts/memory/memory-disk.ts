import type { ReceivedMessage } from '@parley/shared/contract/entities/message.ts';
import type { LocalTable, LocalTables, LocalWrite } from '../../engine/ports/local-store.ts';

type Tables = { [T in LocalTable]: Map<string, LocalTables[T]['value']> };

/** What one account has on a disk. */
export interface MemoryAccount {
  tables: Tables;
  /** By conversation id, then seq. */
  messages: Map<string, Map<number, ReceivedMessage>>;
}

/** What outlives a process: hand the same disk to the next port and it finds everything that was durable. */
export interface MemoryDisk {
  accounts: Map<string, MemoryAccount>;
}

export function createMemoryDisk(): MemoryDisk {
  return { accounts: new Map() };
}

export function createMemoryAccount(): MemoryAccount {
  return {
    tables: {
      account: new Map(),
      feed: new Map(),
      conversations: new Map(),
      profiles: new Map(),
      drafts: new Map(),
      markers: new Map(),
      outbox: new Map(),
    },
    messages: new Map(),
  };
}

/** Cannot fail half-way: the batch was copied before, and maps do not refuse. */
export function applyBatch(account: MemoryAccount, batch: readonly LocalWrite[]): void {
  for (const write of batch) {
    if (write.table === 'messages') applyToMessages(account, write);
    else applyToTable(account.tables[write.table], write.key, write.value);
  }
}

function applyToTable(table: Map<string, unknown>, key: string, value: unknown): void {
  if (value === null) table.delete(key);
  else table.set(key, value);
}

function applyToMessages(account: MemoryAccount, write: LocalWrite & { table: 'messages' }): void {
  if (write.message === null) {
    account.messages.delete(write.conversationId);
    return;
  }
  const messages = account.messages.get(write.conversationId) ?? new Map<number, ReceivedMessage>();
  messages.set(write.message.seq, write.message);
  account.messages.set(write.conversationId, messages);
}
