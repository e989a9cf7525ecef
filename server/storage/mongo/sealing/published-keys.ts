import type { Collection } from '../collection.ts';
import type { ServerDocument } from '../documents.ts';
import type { KeyRing } from './key-ring.ts';
import { findKeys, wrapKeys, type KeySet } from './key-set.ts';

const overtaken =
  'Another change of the keys has begun meanwhile, and it goes on. This one has ended; nothing is lost.';

/** Rejects, and changes nothing, once another change has published. */
export interface PublishedChange {
  /** What it starts from. */
  keys: KeySet;
  /** From now on the database opens with any of these keys, and with no other. */
  publish(keys: KeySet, databaseKeys: readonly Uint8Array[]): Promise<void>;
  /** Resolves where no other has published until now. */
  demandLast(): Promise<void>;
}

/** The keys in the server's own document, which all processes read again every few seconds. */
export class PublishedKeys {
  readonly #server: Collection<ServerDocument>;
  readonly #ring: KeyRing;
  readonly #readDatabaseKeys: () => readonly Uint8Array[];

  constructor(server: Collection<ServerDocument>, ring: KeyRing, readDatabaseKeys: () => readonly Uint8Array[]) {
    this.#server = server;
    this.#ring = ring;
    this.#readDatabaseKeys = readDatabaseKeys;
  }

  /** Takes them into the ring. Where the key of the database has changed and this process does not know the new one, it keeps what it has. */
  async learn(): Promise<void> {
    const stored = await this.#server.findOne({ _id: 'server' });
    const keys = stored === null ? undefined : findKeys(this.#readDatabaseKeys(), stored.keys);
    if (keys !== undefined) this.#ring.take(keys);
  }

  /** A change that starts from the keys as they are stored now. Of several at once the one goes on that has published last. */
  async beginChange(): Promise<PublishedChange> {
    const stored = await this.#server.findOne({ _id: 'server' });
    const keys = stored === null ? undefined : findKeys(this.#readDatabaseKeys(), stored.keys);
    if (stored === null || keys === undefined) throw new Error('The keys in the database do not open any more');
    let step = stored.keysStep;
    const where = () => ({ _id: 'server', keysStep: step });
    return {
      keys,
      publish: async (changed, databaseKeys) => {
        const wrapped = databaseKeys.map((key) => wrapKeys(key, changed));
        const isOurs = await this.#server.updateOne(where(), { $set: { keys: wrapped, keysStep: step + 1 } });
        if (!isOurs) throw new Error(overtaken);
        step += 1;
        this.#ring.take(changed);
      },
      demandLast: async () => {
        if ((await this.#server.findOne(where(), ['keysStep'])) === null) throw new Error(overtaken);
      },
    };
  }
}
