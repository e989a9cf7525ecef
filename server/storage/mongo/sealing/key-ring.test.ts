import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { KeyRing, mintKeys, UnknownKey } from './key-ring.ts';

const databaseKey = randomBytes(32);
const keys = mintKeys(databaseKey);
const ring = new KeyRing(databaseKey, keys);
const place = 'intents|sealed|a';

test('S18 what is sealed opens as it was, and never looks the same twice', () => {
  const value = { text: 'a word, \ud83d\ude00 \ud800', list: [1, null] };
  const [once, again] = [ring.seal(place, value), ring.seal(place, value)];
  expect(ring.open(place, once)).toEqual(value);
  expect(once.equals(again)).toBe(false);
  expect(once.includes('a word')).toBe(false);
});

test('S18 it opens in no other place, and not with a bit changed', () => {
  const sealed = ring.seal(place, 'a word');
  expect(() => ring.open('intents|sealed|b', sealed)).toThrow('authenticate');
  for (const at of [4, 16, sealed.length - 1]) {
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    expect(() => ring.open(place, changed)).toThrow('authenticate');
  }
});

test('S18 a field of a key that is not there says so, and opens once the key is taken', () => {
  const other = mintKeys(databaseKey);
  const sealed = new KeyRing(databaseKey, other).seal(place, 'a word');
  expect(() => ring.open(place, sealed)).toThrow(UnknownKey);
  const both = new KeyRing(databaseKey, keys);
  both.take({ ...keys, fields: [...other.fields, ...keys.fields] });
  expect(both.open(place, sealed)).toBe('a word');
});

test('S18 keys open only with the key of the database; lookups are the same only with the same keys', () => {
  expect(() => new KeyRing(randomBytes(32), keys)).toThrow('authenticate');
  const lookup = ring.lookupOf('address', 'ada@example.org');
  expect(new KeyRing(databaseKey, keys).lookupOf('address', 'ada@example.org')).toBe(lookup);
  expect(ring.lookupOf('name', 'ada@example.org')).not.toBe(lookup);
  expect(new KeyRing(databaseKey, mintKeys(databaseKey)).lookupOf('address', 'ada@example.org')).not.toBe(lookup);
});
