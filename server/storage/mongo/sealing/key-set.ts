import { hkdfSync, randomBytes } from 'node:crypto';
import { openBytes, sealBytes } from './sealed-bytes.ts';

const keyBytes = 32;
export const keyIdBytes = 4;

export interface NamedKey {
  id: string;
  key: Uint8Array;
}

/**
 * What seals fields and hides what is looked up. The first of `fields` seals, all of them open. There is one key for `lookups`, or two while
 * it is changed, the new one last.
 */
export interface KeySet {
  fields: NamedKey[];
  lookups: NamedKey[];
}

interface WrappedKey {
  id: string;
  wrapped: Uint8Array;
}

/** Keys as they lie in the database: sealed by a key that is not in it. */
export interface WrappedKeys {
  fields: WrappedKey[];
  lookups: WrappedKey[];
}

function wrappingKey(databaseKey: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', databaseKey, '', 'parley|mongodb|key of keys', keyBytes));
}

const contextOf = (id: string) => `server|keys|${id}`;

export function mintKey(): NamedKey {
  return { id: randomBytes(keyIdBytes).toString('hex'), key: randomBytes(keyBytes) };
}

/** The keys of a new database. */
export function mintKeys(): KeySet {
  return { fields: [mintKey()], lookups: [mintKey()] };
}

export function wrapKeys(databaseKey: Uint8Array, { fields, lookups }: KeySet): WrappedKeys {
  const wrapping = wrappingKey(databaseKey);
  const wrap = ({ id, key }: NamedKey) => ({ id, wrapped: sealBytes(wrapping, key, contextOf(id)) });
  return { fields: fields.map(wrap), lookups: lookups.map(wrap) };
}

/** Throws where the key of the database is another. */
export function unwrapKeys(databaseKey: Uint8Array, { fields, lookups }: WrappedKeys): KeySet {
  const wrapping = wrappingKey(databaseKey);
  const unwrap = ({ id, wrapped }: WrappedKey) => ({ id, key: openBytes(wrapping, wrapped, contextOf(id)) });
  return { fields: fields.map(unwrap), lookups: lookups.map(unwrap) };
}

/** Of keys that were wrapped for several keys of the database, those that one of these opens. `undefined`: none does. */
export function findKeys(databaseKeys: readonly Uint8Array[], all: readonly WrappedKeys[]): KeySet | undefined {
  for (const databaseKey of databaseKeys)
    for (const wrapped of all)
      try {
        return unwrapKeys(databaseKey, wrapped);
      } catch {
        // It is for another.
      }
  return undefined;
}
