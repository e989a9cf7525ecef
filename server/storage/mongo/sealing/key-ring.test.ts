import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { KeyRing, UnknownKey } from './key-ring.ts';
import { findKeys, mintKeys, unwrapKeys, wrapKeys } from './key-set.ts';

const keys = mintKeys();
const ring = new KeyRing(keys);
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

test('S18 a field of a key that is not there says so, opens once the key is taken, and is sealed anew under the first', () => {
  const other = mintKeys();
  const sealed = new KeyRing(other).seal(place, 'a word');
  expect(() => ring.open(place, sealed)).toThrow(UnknownKey);
  const both = new KeyRing(other);
  both.take({ ...keys, fields: [...keys.fields, ...other.fields] });
  expect(both.open(place, sealed)).toBe('a word');
  const anew = both.reseal(place, sealed);
  expect(ring.open(place, anew ?? sealed)).toBe('a word');
  expect(both.reseal(place, anew ?? sealed)).toBeNull();
  both.take(keys);
  expect(both.open(place, sealed)).toBe('a word');
});

test('S18 keys open only with the key of the database; lookups are the same only with the same keys', () => {
  const [databaseKey, another] = [randomBytes(32), randomBytes(32)];
  const wrapped = wrapKeys(databaseKey, keys);
  expect(() => unwrapKeys(another, wrapped)).toThrow('authenticate');
  expect(findKeys([another], [wrapped])).toBeUndefined();
  expect(findKeys([another, databaseKey], [wrapKeys(randomBytes(32), keys), wrapped])).toEqual(keys);
  const [lookup] = ring.lookupsOf('address', 'ada@example.org');
  expect(new KeyRing(unwrapKeys(databaseKey, wrapped)).lookupsOf('address', 'ada@example.org')).toEqual([lookup]);
  expect(ring.lookupsOf('name', 'ada@example.org')).not.toEqual([lookup]);
  expect(new KeyRing(mintKeys()).lookupsOf('address', 'ada@example.org')).not.toEqual([lookup]);
});
