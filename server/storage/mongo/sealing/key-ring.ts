import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { openBytes, sealBytes } from './sealed-bytes.ts';

const keyBytes = 32;
const idBytes = 4;

/** Keys as they lie in the database: sealed by a key that is not in it. The first of `fields` seals, all of them open. */
export interface WrappedKeys {
  fields: { id: string; wrapped: Uint8Array }[];
  lookup: Uint8Array;
}

/** A field was sealed by a key that has come since the keys were read. */
export class UnknownKey extends Error {}

function wrappingKey(databaseKey: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', databaseKey, '', 'parley|mongodb|key of keys', keyBytes));
}

function contextOf(name: string): string {
  return `server|keys|${name}`;
}

function mintFieldKey(wrapping: Uint8Array): WrappedKeys['fields'][number] {
  const id = randomBytes(idBytes).toString('hex');
  return { id, wrapped: sealBytes(wrapping, randomBytes(keyBytes), contextOf(id)) };
}

/** The keys of a new database. */
export function mintKeys(databaseKey: Uint8Array): WrappedKeys {
  const wrapping = wrappingKey(databaseKey);
  const lookup = sealBytes(wrapping, randomBytes(keyBytes), contextOf('lookup'));
  return { fields: [mintFieldKey(wrapping)], lookup };
}

/** What people write, sealed field by field with AES-256-GCM: key id, iv, tag, ciphertext. Additional data: collection|field|id|key id. */
export class KeyRing {
  readonly #databaseKey: Uint8Array;
  #fields = new Map<string, Uint8Array>();
  #current = '';
  #lookup: Uint8Array = new Uint8Array();

  /** Throws where the key of the database is another. */
  constructor(databaseKey: Uint8Array, keys: WrappedKeys) {
    this.#databaseKey = databaseKey;
    this.take(keys);
  }

  take(keys: WrappedKeys): void {
    const wrapping = wrappingKey(this.#databaseKey);
    this.#fields = new Map(keys.fields.map(({ id, wrapped }) => [id, openBytes(wrapping, wrapped, contextOf(id))]));
    this.#lookup = openBytes(wrapping, keys.lookup, contextOf('lookup'));
    this.#current = keys.fields[0]?.id ?? '';
  }

  /** Where a value lies: collection|field|id. */
  seal(place: string, value: unknown): Buffer {
    const plain = Buffer.from(JSON.stringify(value), 'utf8');
    const sealed = sealBytes(this.#keyOf(this.#current), plain, `${place}|${this.#current}`);
    return Buffer.concat([Buffer.from(this.#current, 'hex'), sealed]);
  }

  open<T>(place: string, sealed: Uint8Array): T {
    const id = Buffer.from(sealed.subarray(0, idBytes)).toString('hex');
    const plain = openBytes(this.#keyOf(id), sealed.subarray(idBytes), `${place}|${id}`);
    return JSON.parse(plain.toString('utf8')) as T;
  }

  /** Stands for a value in an index; tells nothing about it without the key. */
  lookupOf(purpose: string, value: string): string {
    return createHmac('sha256', this.#lookup).update(`${purpose}|${value}`, 'utf8').digest('base64url');
  }

  #keyOf(id: string): Uint8Array {
    const key = this.#fields.get(id);
    if (key === undefined) throw new UnknownKey(`No key is called ${id}`);
    return key;
  }
}
