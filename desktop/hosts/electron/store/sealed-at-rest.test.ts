import { afterEach, beforeEach, expect, test } from 'vitest';
import { canary, canaryRecords, canaryText } from '../../../engine/ports/testing/canary-records.ts';
import { putDraft, putMessage } from '../../../engine/ports/testing/example-records.ts';
import type { LocalStore } from '../../../engine/ports/local-store.ts';
import { createTokenVault } from '../secrets/token-vault.ts';
import { TestProfile } from '../testing/test-profile.ts';

let profile: TestProfile;
beforeEach(async () => {
  profile = await TestProfile.open();
});
afterEach(() => profile.dispose());

async function fill(store: LocalStore): Promise<void> {
  await store.write([
    ...canaryRecords,
    ...Array.from({ length: 500 }, (_, index) => putMessage('c1', index + 1, { text: canaryText })),
  ]);
  await createTokenVault(profile.secrets).write('s1/u1', `${canary} token`);
}

/** Files that have the word in their name or, in one way of writing it or another, inside. */
function filesWith(word: string): string[] {
  const written = [
    ...(['latin1', 'utf16le'] as const).map((encoding) => Buffer.from(word, encoding)),
    ...(['hex', 'base64'] as const).map((encoding) => Buffer.from(Buffer.from(word).toString(encoding))),
  ];
  const isIn = (path: string, bytes: Buffer): boolean =>
    path.includes(word) || written.some((form) => bytes.includes(form));
  return [...profile.files()].filter(([path, bytes]) => isIn(path, bytes)).map(([path]) => path);
}

test('E9 no word of a person and no token is readable in the database or its log', async () => {
  const store = await profile.port.open('s1/u1');
  await fill(store);
  const names = [...profile.files()].filter(([, bytes]) => bytes.length > 0).map(([path]) => path.split('/').at(-1));
  expect(names).toEqual(expect.arrayContaining(['parley.db-wal']));
  expect(filesWith(canary)).toEqual([]);
  await profile.restart();
  expect(filesWith(canary)).toEqual([]);
  expect(profile.logged.join()).not.toContain(canary);
});

test('E9 the sweep would find a word that is readable', async () => {
  await (await profile.port.open('a')).close();
  const [path = ''] = profile.files().keys();
  profile.overwrite(path, Buffer.from(`before ${canary} after`, 'utf16le'));
  expect(filesWith(canary)).toEqual([path]);
});

test('E9 no key lies in the profile, and no two accounts share one', async () => {
  for (const account of ['a', 'b']) await (await profile.port.open(account)).write([putDraft('c1', 'words')]);
  const [one = '', other = ''] = [await profile.keyOf('a'), await profile.keyOf('b')].map(String);
  expect([one.length, other.length, one === other]).toEqual([64, 64, false]);
  for (const key of [one, other]) {
    expect(filesWith(key)).toEqual([]);
    for (const [, bytes] of profile.files()) expect(bytes.includes(Buffer.from(key, 'hex'))).toBe(false);
  }
});

test('E9 erasing leaves neither a file nor a key', async () => {
  const store = await profile.port.open('s1/u1');
  await fill(store);
  await store.erase();
  expect([...profile.files().keys()]).toEqual([]);
  expect(await profile.keyOf('s1/u1')).toBeNull();
});

test('E9 only its owner may enter the folder', async () => {
  await profile.port.open('a');
  expect(profile.modes('accounts')).toEqual([0o700]);
});
