import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AccountFolders } from './account-folders.ts';

let profile: string;
let folders: AccountFolders;
let erased: string[];
let keysLeft: unknown[];
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'parley-folders-'));
  folders = new AccountFolders(profile);
  erased = [];
  keysLeft = [];
});
afterEach(() => rmSync(profile, { recursive: true }));

const eraseKey = async (accountKey: string): Promise<void> => void erased.push(accountKey);
const onKeyLeft = (error: unknown): void => void keysLeft.push(error);
const left = (suffix: string): Promise<unknown> => mkdir(`${folders.folderOf('s1/u1')}${suffix}`, { recursive: true });
const isThere = (suffix: string): boolean => existsSync(`${folders.folderOf('s1/u1')}${suffix}`);

test('names are safe wherever a key comes from', () => {
  for (const key of ['../../etc', 'C:\\x', 'NUL', 'A/a', '\u0000']) {
    expect(folders.folderOf(key).startsWith(join(profile, 'accounts', 'account-'))).toBe(true);
    expect(folders.folderOf(key).slice(profile.length)).toMatch(/^[\w\-/\\]+$/);
  }
  expect(folders.folderOf('A').toLowerCase()).not.toBe(folders.folderOf('a').toLowerCase());
});

test('a profile that is new has no accounts', async () => {
  await folders.tidy(eraseKey, onKeyLeft);
  expect(await folders.list()).toEqual([]);
});

test('an erasing that was cut short is finished, key first', async () => {
  await left('.erased');
  await left('.aside-1');
  expect(await folders.list()).toEqual([]);
  await folders.tidy(eraseKey, onKeyLeft);
  expect(erased).toEqual(['s1/u1']);
  expect([isThere('.erased'), isThere('.aside-1')]).toEqual([false, false]);
});

test('an erasing whose key does not go is tried again with the next start', async () => {
  await left('.erased');
  await folders.tidy(() => Promise.reject(new Error('locked')), onKeyLeft);
  expect(keysLeft.map(String)).toEqual(['Error: locked']);
  expect(isThere('.erased')).toBe(true);
});

test('what is left of an erased account leaves the one that was made since alone', async () => {
  await left('.erased');
  await left('');
  await folders.tidy(eraseKey, onKeyLeft);
  expect([erased, isThere('.erased'), isThere('')]).toEqual([[], false, true]);
});

test('a replacement that was not finished goes, and one that was takes the place', async () => {
  await left('.new');
  await left('');
  await folders.tidy(eraseKey, onKeyLeft);
  expect([isThere('.new'), isThere('')]).toEqual([false, true]);

  rmSync(folders.folderOf('s1/u1'), { recursive: true });
  await left('.new');
  await left('.aside-1');
  await folders.tidy(eraseKey, onKeyLeft);
  expect([isThere('.new'), isThere(''), isThere('.aside-1')]).toEqual([false, true, true]);
});

test('what was set aside twice is there twice', async () => {
  await left('');
  await folders.setAside('s1/u1');
  await left('');
  await folders.setAside('s1/u1');
  expect([isThere('.aside-1'), isThere('.aside-2'), isThere('')]).toEqual([true, true, false]);
});
