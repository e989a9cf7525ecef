import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import mongoose from 'mongoose';
import { newDatabaseUrl } from '../../../testing/new-database-url.ts';
import type { DataSet, StorageHarness } from '../../conformance/harness.ts';
import type { Storage } from '../../port/storage.ts';
import type { Collections } from '../database.ts';
import { openMongo, type OpenMongo } from '../mongo-storage.ts';
import type { KeyRing } from '../sealing/key-ring.ts';

/** How a sound adapter is broken, for tests of the tests. */
export interface Tamper {
  collections?(collections: Collections): void;
  keys?(ring: KeyRing): void;
}

const forEver = new Promise<never>(() => undefined);

/** A database of its own, and the processes that serve it. */
export class MongoDataSet implements DataSet {
  readonly url: string;
  readonly key = randomBytes(32);
  readonly #others: OpenMongo[] = [];
  #opened = 0;
  #first: OpenMongo | undefined;
  #stepsLeft = 0;
  #crash = Promise.withResolvers<void>();
  #dead = new Set<number>();

  readonly #tamper: Tamper;

  constructor(serverUrl: string, tamper: Tamper = {}) {
    this.url = newDatabaseUrl(serverUrl);
    this.#tamper = tamper;
  }

  get first(): OpenMongo {
    if (this.#first === undefined) throw new Error('Not open');
    return this.#first;
  }

  get storage(): Storage {
    return this.first.storage;
  }

  get crashed(): Promise<void> {
    return this.#crash.promise;
  }

  async open(): Promise<Storage> {
    this.#opened += 1;
    const number = this.#opened;
    const step = async (): Promise<void> => {
      if (this.#dead.has(number)) await forEver;
      if (this.#stepsLeft <= 0 || (this.#stepsLeft -= 1) > 0) return;
      this.#dead.add(number);
      this.#crash.resolve();
      await forEver;
    };
    // A turn later, so that what is answered before it is applied is answered when the process dies.
    const opened = await this.#openAnother(() => setImmediate().then(step));
    this.#first = { ...opened, storage: answering(opened.storage, step) };
    return this.storage;
  }

  another = async (): Promise<Storage> => {
    const opened = await this.#openAnother();
    this.#others.push(opened);
    return opened.storage;
  };

  crashAfterWrites(steps: number): void {
    this.#stepsLeft = steps;
  }

  async reopenAfterCrash(): Promise<Storage> {
    this.#stepsLeft = 0;
    this.#dead.add(this.#opened);
    await this.first.abandon();
    this.#crash = Promise.withResolvers<void>();
    return this.open();
  }

  async restart(): Promise<Storage> {
    await this.storage.close();
    return this.open();
  }

  async bytesAtRest(): Promise<Uint8Array[]> {
    const bytes: Uint8Array[] = [];
    const { db } = this.first.database.connection;
    for (const { collectionName } of (await db?.collections()) ?? [])
      for await (const document of db?.collection(collectionName).find() ?? [])
        bytes.push(mongoose.mongo.BSON.serialize(document));
    return bytes;
  }

  async dispose(): Promise<void> {
    for (const { abandon } of this.#others) await abandon();
    await this.#first?.database.connection.dropDatabase().catch(() => undefined);
    await this.#first?.abandon();
  }

  async #openAnother(beforeWrite?: () => Promise<void>): Promise<OpenMongo> {
    const mint = { serverId: `server ${this.#opened}`, epoch: `epoch ${this.#opened}` };
    const opened = await openMongo({
      url: this.url,
      key: this.key,
      mint,
      ...(beforeWrite && { beforeWrite }),
      onConnected: ({ collections }) => this.#tamper.collections?.(collections),
    });
    this.#tamper.keys?.(opened.parts.ring);
    return opened;
  }
}

/** Counts an answer as a step, so that a process can die between its last write and what it says. */
function answering(storage: Storage, step: () => Promise<void>): Storage {
  const counted = <S extends object>(store: S): S =>
    Object.fromEntries(
      Object.entries(store as Record<string, (...given: never[]) => Promise<unknown>>).map(([name, call]) => [
        name,
        async (...given: never[]) => {
          const answer = await call(...given);
          if (!/^(read|find|list|filter)/.test(name)) await step();
          return answer;
        },
      ]),
    ) as S;
  const { conversations, feeds, accounts, sessions, throttles } = storage;
  return {
    ...storage,
    conversations: counted(conversations),
    feeds: counted(feeds),
    accounts: counted(accounts),
    sessions: counted(sessions),
    throttles: counted(throttles),
  };
}

export function mongoHarness(serverUrl: string, tamper: Tamper = {}): StorageHarness {
  return {
    async open() {
      const data = new MongoDataSet(serverUrl, tamper);
      await data.open();
      return data;
    },
  };
}
