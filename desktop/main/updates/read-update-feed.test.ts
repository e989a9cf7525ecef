import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readUpdateFeed } from './read-update-feed.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-feed-'));
const logged: string[] = [];
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function feedOf(description: object) {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'parley', ...description }));
  return readUpdateFeed(folder, (event) => void logged.push(event));
}

describe('E11: the feed of updates is what the package says', () => {
  test('none', () => expect(feedOf({})).toBeUndefined());

  test('an address and a key', () => {
    const updates = { url: 'https://updates.example.org/parley', publicKey: 'a2V5' };
    expect(feedOf({ updates })).toEqual(updates);
  });

  test.each([
    { url: 'http://updates.example.org/', publicKey: 'a2V5' },
    { url: 'https://updates.example.org/' },
    { url: 'file:///tmp', publicKey: 'a2V5' },
    { url: 'https://updates.example.org/', publicKey: '' },
  ])('and never %j', (updates) => {
    expect(feedOf({ updates })).toBeUndefined();
    expect(logged.splice(0)).toHaveLength(1);
  });

  test('none where the package cannot be read, and the app starts all the same', () => {
    expect(readUpdateFeed(join(folder, 'nowhere'), (event) => void logged.push(event))).toBeUndefined();
    expect(logged.splice(0)).toHaveLength(1);
  });
});
