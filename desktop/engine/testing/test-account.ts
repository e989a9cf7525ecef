import type { OperationKey } from '@parley/shared/contract/registry.ts';
import { createMemoryDisk } from '../../hosts/memory/memory-disk.ts';
import { createMemoryStorePort, type MemoryStorePort } from '../../hosts/memory/memory-local-store.ts';
import type { Ask } from '../connection/ask.ts';
import type { Host } from '../ports/host.ts';
import type { LocalStore, LocalTable, LocalTables } from '../ports/local-store.ts';
import { idMint } from '../session/mint-id.ts';
import type { AccountContext } from '../store/account-context.ts';
import { AccountMemory, keyOf } from '../store/account-memory.ts';
import { ChangeFeed } from '../store/change-feed.ts';
import { epoch, me, serverId } from './example-entities.ts';
import { type HandClock, handClock } from './hand-clock.ts';
import { type HandSocket, handSocket } from './hand-socket.ts';

export const accountKey = `${serverId}/${me}`;

export interface TestHost extends Host {
  clock: HandClock;
  socket: HandSocket;
  store: MemoryStorePort;
  secrets: Map<string, string>;
  logged: string[];
  isOnline: boolean;
  /** Tells that the network changed, or that the device woke up. */
  networkChanged(): void;
}

/** Every port, driven by hand. Random numbers are all in the middle: a back-off waits half of its bound. */
export function testHost(about: Partial<Host> & { disk?: ReturnType<typeof createMemoryDisk> } = {}): TestHost {
  const { disk, ...ports } = about;
  const listeners = new Set<() => void>();
  const secrets = new Map<string, string>();
  let minted = 0;
  const host: TestHost = {
    clock: handClock(),
    // The first bytes make the fraction of a back-off, the last ones tell ids apart.
    random: {
      bytes: (count) => {
        const bytes = new Uint8Array(count);
        bytes[0] = 0x80;
        minted += 1;
        if (count > 4) new DataView(bytes.buffer).setUint32(count - 4, minted);
        return bytes;
      },
    },
    connectivity: {
      isOnline: () => host.isOnline,
      onChange: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    socket: handSocket(),
    http: { send: () => Promise.reject(new Error('nobody answers')) },
    vault: {
      keeps: 'token',
      read: (key) => Promise.resolve(secrets.get(key) ?? null),
      write: (key, token) => Promise.resolve(void secrets.set(key, token)),
      erase: (key) => Promise.resolve(void secrets.delete(key)),
    },
    store: createMemoryStorePort(disk ?? createMemoryDisk()),
    deviceName: 'test device',
    log: (event, details) => void host.logged.push(`${event} ${JSON.stringify(details ?? {})}`),
    secrets,
    logged: [],
    isOnline: true,
    networkChanged: () => {
      for (const listener of listeners) listener();
    },
    ...(ports as Partial<TestHost>),
  };
  return host;
}

export interface TestAccount {
  context: AccountContext;
  host: TestHost;
  store: LocalStore;
  /** Puts records there, past everything. */
  keep<T extends LocalTable>(table: T, ...values: LocalTables[T]['value'][]): Promise<void>;
}

/** An account as it stands after a start, with nothing in it yet. */
export async function testAccount(host: TestHost = testHost()): Promise<TestAccount> {
  const store = await host.store.open(accountKey);
  const memory = await AccountMemory.open(store);
  const context = { key: accountKey, userId: me, host, memory, feed: new ChangeFeed(), mintId: idMint(host) };
  const account: TestAccount = {
    context,
    host,
    store,
    keep: (table, ...values) =>
      memory.transact((transaction) => {
        for (const value of values) transaction.put(table, keyOf(table, value), value);
      }),
  };
  if (memory.get('account', 'account') === undefined) {
    await account.keep('account', {
      userId: me,
      deviceId: serverId,
      email: 'maud@example.org',
      name: 'Maud',
      profileVersion: 1,
      serverAddress: 'https://chat.example.org',
      serverId,
      epoch,
      feedRev: 0,
    });
  }
  return account;
}

export interface FakeAsk {
  ask: Ask;
  asked: { operation: OperationKey; input: never }[];
}

/** A server that answers what a test says; it may throw a `Refusal`. What it is not told about it never answers. */
export function fakeAsk(answers: Partial<Record<OperationKey, (input: never) => unknown>>): FakeAsk {
  const asked: FakeAsk['asked'] = [];
  const ask = async (operation: OperationKey, input: unknown) => {
    asked.push({ operation, input: input as never });
    const answer = answers[operation];
    return answer === undefined ? new Promise(() => {}) : answer(input as never);
  };
  return { ask: ask as Ask, asked };
}
