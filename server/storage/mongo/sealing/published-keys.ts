import type { Collection } from '../collection.ts';
import type { ServerDocument } from '../documents.ts';
import type { KeyRing } from './key-ring.ts';
import { findKeys, wrapKeys, type KeySet } from './key-set.ts';

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

  /** From now on the database opens with any of these keys, and with no other. */
  async publish(keys: KeySet, databaseKeys: readonly Uint8Array[]): Promise<void> {
    const stored = await this.#server.findOne({ _id: 'server' });
    if (stored === null) throw new Error('The data is not there any more');
    const isOurs = await this.#server.updateOne(
      { _id: 'server', keysStep: stored.keysStep },
      { $set: { keys: databaseKeys.map((key) => wrapKeys(key, keys)), keysStep: stored.keysStep + 1 } },
    );
    if (!isOurs) throw new Error('Somebody else is changing the keys');
    this.#ring.take(keys);
  }
}
