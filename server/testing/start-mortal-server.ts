import type { ServerOverrides } from '../create-server.ts';
import { faultAt, faultSlots } from '../storage/sqlite/faults.ts';
import { openSqliteStorage } from '../storage/sqlite/sqlite-storage.ts';
import type { Storage } from '../storage/port/storage.ts';
import { startTestServer, type TestServer } from './start-test-server.ts';
import { sqlitePathOf } from './test-config.ts';

export type { Storage };

export interface MortalServer {
  readonly server: TestServer;
  /** The database dies before the `steps`-th of its next steps, between two writes, and the server with it; then both start again. */
  dieAfter(steps: number): void;
  /** Resolves when no death is still to come and the server is up. */
  alive(): Promise<void>;
  close(): Promise<void>;
}

/** The real server over a database that dies where a test says. `wrap`: what stands between the two. */
export async function startMortalServer(
  wrap: (storage: Storage) => Storage = (storage) => storage,
  overrides: Pick<ServerOverrides, 'leapAboveRevs'> = {},
): Promise<MortalServer> {
  let memory = new Int32Array(new SharedArrayBuffer(faultSlots * Int32Array.BYTES_PER_ELEMENT));
  let rising: Promise<void> = Promise.resolve();
  const rise = async () => {
    await server.crash();
    await server.restart();
  };
  const server = await startTestServer({
    overrides: {
      ...overrides,
      openStorage: async (config, onFatal) => {
        memory = new Int32Array(new SharedArrayBuffer(faultSlots * Int32Array.BYTES_PER_ELEMENT));
        Atomics.store(memory, faultAt.isDeath, 1);
        const storage = await openSqliteStorage({
          path: sqlitePathOf(config),
          key: config.secrets.databaseKey,
          mint: { serverId: crypto.randomUUID(), epoch: crypto.randomUUID() },
          onFatal: (error) => {
            onFatal(error);
            rising = rising.then(rise);
          },
          faults: { memory, onStopped: () => undefined },
        });
        return wrap(storage);
      },
    },
  });
  return {
    server,
    dieAfter: (steps) => void Atomics.store(memory, faultAt.stepsLeft, steps),
    async alive() {
      Atomics.store(memory, faultAt.stepsLeft, 0);
      // A death that is on its way is told within a turn of the check that meets it.
      await server.call('/health/ready').catch(() => undefined);
      await rising;
    },
    async close() {
      await rising;
      await server.close();
    },
  };
}
