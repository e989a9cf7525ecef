import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { signFeed } from '../scripts/packaging/sign-feed.ts';
import { publicKeyOf, readUpdateFeed } from './update-feed.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-feed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function keyFile(name: string, key = generateKeyPairSync('ed25519').privateKey): string {
  const file = join(folder, name);
  writeFileSync(file, key.export({ type: 'pkcs8', format: 'pem' }));
  return file;
}
const PARLEY_UPDATE_URL = 'https://updates.example.org/';

describe('the feed that packages are built with', () => {
  test('is none where none is named', () => {
    expect(readUpdateFeed({})).toBeUndefined();
    expect(readUpdateFeed({ PARLEY_UPDATE_URL: '' })).toBeUndefined();
  });

  test.each([
    ['an address without a key', { PARLEY_UPDATE_URL }, 'need both'],
    ['a key without an address', { PARLEY_UPDATE_KEY_FILE: keyFile('alone.pem') }, 'need both'],
    [
      'an address without https',
      { PARLEY_UPDATE_URL: 'http://updates.example.org/', PARLEY_UPDATE_KEY_FILE: keyFile('http.pem') },
      'https',
    ],
    [
      'a key of another kind',
      {
        PARLEY_UPDATE_URL,
        PARLEY_UPDATE_KEY_FILE: keyFile('ec.pem', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey),
      },
      'Ed25519',
    ],
  ])('is refused with %s', (_, environment, reason) => {
    expect(() => readUpdateFeed(environment)).toThrow(reason);
  });

  test('has its lists signed by the key whose other half the packages carry', () => {
    const feed = readUpdateFeed({ PARLEY_UPDATE_URL, PARLEY_UPDATE_KEY_FILE: keyFile('good.pem') });
    if (!feed) throw new Error('no feed');
    for (const name of ['latest-linux.yml', 'builder-debug.yml']) writeFileSync(join(folder, name), 'version: 1.2.3\n');

    expect(signFeed(folder, feed.signingKey)).toEqual(['latest-linux.yml']);
    const signature = Buffer.from(readFileSync(join(folder, 'latest-linux.yml.sig'), 'utf8'), 'base64');
    const key = createPublicKey({ key: Buffer.from(publicKeyOf(feed), 'base64'), type: 'spki', format: 'der' });
    expect(verify(null, Buffer.from('version: 1.2.3\n'), key, signature)).toBe(true);
    expect(verify(null, Buffer.from('version: 1.2.4\n'), key, signature)).toBe(false);
  });
});
