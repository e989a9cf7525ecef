import { createHmac } from 'node:crypto';
import { keyIdBytes, type KeySet, type NamedKey } from './key-set.ts';
import { openBytes, sealBytes } from './sealed-bytes.ts';

/** A field was sealed by a key that has come since the keys were read. */
export class UnknownKey extends Error {}

/** What people write, sealed field by field with AES-256-GCM: key id, iv, tag, ciphertext. Additional data: collection|field|id|key id. */
export class KeyRing {
  /** Those that were taken once still open: this process may hold what was sealed long ago. */
  readonly #fields = new Map<string, Uint8Array>();
  #keys: KeySet;
  #current: NamedKey;

  constructor(keys: KeySet) {
    this.#keys = keys;
    this.#current = this.take(keys);
  }

  get keys(): KeySet {
    return this.#keys;
  }

  take(keys: KeySet): NamedKey {
    const [current] = keys.fields;
    if (current === undefined) throw new Error('There is no key to seal with');
    for (const { id, key } of keys.fields) this.#fields.set(id, key);
    this.#keys = keys;
    this.#current = current;
    return current;
  }

  /** Where a value lies: collection|field|id. */
  seal(place: string, value: unknown): Buffer {
    return this.#seal(place, Buffer.from(JSON.stringify(value), 'utf8'));
  }

  open<T>(place: string, sealed: Uint8Array): T {
    return JSON.parse(this.#open(place, sealed).toString('utf8')) as T;
  }

  /** The same under the key that seals now; `null` where it is already. */
  reseal(place: string, sealed: Uint8Array): Buffer | null {
    return this.isCurrent(sealed) ? null : this.#seal(place, this.#open(place, sealed));
  }

  isCurrent(sealed: Uint8Array): boolean {
    return idOf(sealed) === this.#current.id;
  }

  /**
   * Stand for a value in an index; they tell nothing about it without the keys. One for each key of the lookups: a claim of the value is
   * made at all of them, in this order.
   */
  lookupsOf(purpose: string, value: string): [string, ...string[]] {
    const lookups = this.#keys.lookups.map(
      ({ id, key }) => `${id}.${createHmac('sha256', key).update(`${purpose}|${value}`, 'utf8').digest('base64url')}`,
    );
    return lookups as [string, ...string[]];
  }

  #seal(place: string, plain: Uint8Array): Buffer {
    const { id, key } = this.#current;
    return Buffer.concat([Buffer.from(id, 'hex'), sealBytes(key, plain, `${place}|${id}`)]);
  }

  #open(place: string, sealed: Uint8Array): Buffer {
    const id = idOf(sealed);
    const key = this.#fields.get(id);
    if (key === undefined) throw new UnknownKey(`No key is called ${id}`);
    return openBytes(key, sealed.subarray(keyIdBytes), `${place}|${id}`);
  }
}

function idOf(sealed: Uint8Array): string {
  return Buffer.from(sealed.subarray(0, keyIdBytes)).toString('hex');
}
