import 'fake-indexeddb/auto';
import { serialize } from 'node:v8';
import { expect, test } from 'vitest';
import type { LocalStore } from '../../../engine/ports/local-store.ts';
import { canary, canaryRecords, canaryText } from '../../../engine/ports/testing/canary-records.ts';
import { putDraft, putMessage } from '../../../engine/ports/testing/example-records.ts';
import { putRaw, type RawRecord, readRaw } from './testing/raw-databases.ts';
import { openTestPort } from './testing/test-port.ts';

async function fill(store: LocalStore): Promise<void> {
  await store.write([...canaryRecords, putMessage('c1', 1, { text: canaryText })]);
}

const recordsIn = (records: RawRecord[]): RawRecord[] =>
  records.filter(({ store }) => !['keys', 'holder', 'damaged'].includes(store));

/** The bytes of everything but keys: V8 writes a string as Latin-1 or UTF-16, so both are looked for. */
function bytesOf(records: RawRecord[]): Buffer {
  return serialize(records.filter(({ store }) => store !== 'keys'));
}

test('E9 no word of a person is readable at rest', async () => {
  const device = openTestPort();
  const store = await device.port().open('s1/u1');
  await fill(store);
  const records = await readRaw(device.prefix);
  expect(recordsIn(records)).toHaveLength(8);
  for (const encoding of ['latin1', 'utf16le'] as const) {
    expect(bytesOf(records).includes(Buffer.from(canary, encoding))).toBe(false);
  }
});

test('E9 the sweep would find a word that is readable', async () => {
  const device = openTestPort();
  await (await device.port().open('a')).write([putDraft('c1', 'words')]);
  const [record] = recordsIn(await readRaw(device.prefix));
  await putRaw({ ...(record as RawRecord), value: { left: canary } });
  expect(bytesOf(await readRaw(device.prefix)).includes(Buffer.from(canary))).toBe(true);
});

test('E9 keys cannot be read out, and no two accounts share one', async () => {
  const device = openTestPort();
  for (const account of ['a', 'b']) await (await device.port().open(account)).write([putDraft('c1', 'words')]);
  const raw = await readRaw(device.prefix);
  const keys = raw.filter(({ store }) => store === 'keys').map(({ value }) => value as CryptoKey);
  expect(keys.map(({ extractable }) => extractable)).toEqual([false, false]);
  for (const key of keys) await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow('not extractable');

  const [one, other] = recordsIn(raw);
  await putRaw({ ...(other as RawRecord), value: (one as RawRecord).value });
  await device.restart();
  expect(await (await device.port().open('b')).readAll('drafts')).toEqual([]);
  expect(device.logged).toEqual(['local_records_damaged {"table":"drafts","count":1}']);
});

test('E9 the same words never look the same', async () => {
  const device = openTestPort();
  const store = await device.port().open('a');
  await store.write([putDraft('c1', 'words'), putDraft('c2', 'words')]);
  await store.write([putDraft('c3', 'words')]);
  const sealed = recordsIn(await readRaw(device.prefix)).map(({ value }) => value as { iv: Uint8Array });
  expect(new Set(sealed.map(({ iv }) => iv.join())).size).toBe(3);
  expect(sealed.every(({ iv }) => iv.length === 12)).toBe(true);
});

test('E9 erasing takes the key along', async () => {
  const device = openTestPort();
  const store = await device.port().open('a');
  await fill(store);
  await store.erase();
  expect(await readRaw(device.prefix)).toEqual([]);
});
