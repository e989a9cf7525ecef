import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { NotGenuineError } from './create-updates.ts';
import { electronUpdateSource } from './electron-update-source.ts';
import { feedServer } from './testing/feed-server.ts';
import { nodeUpdater } from './testing/node-updater.ts';

let folder: string;
let server: Awaited<ReturnType<typeof feedServer>>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-updates-'));
  vi.stubEnv('APPIMAGE', join(folder, 'Parley.AppImage'));
  server = await feedServer();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const sourceOf = (version: string) => electronUpdateSource(server.feed, nodeUpdater(folder, version));

describe('E11: electron-updater over a signed feed', () => {
  test('finds what is newer, fetches it whole, and only when it is told to', async () => {
    server.publish({ version: '1.1.0', content: 'the newer Parley' });
    const source = sourceOf('1.0.0');
    expect(await source.check()).toBe('1.1.0');
    expect(server.asked.some(({ path }) => path.endsWith('.AppImage'))).toBe(false);

    await source.download(() => {});
    const fetched = join(folder, 'parley-updater', 'pending', 'Parley-1.1.0.AppImage');
    expect(readFileSync(fetched, 'utf8')).toBe('the newer Parley');
  });

  test.each(['1.0.0', '0.9.0'])('takes no %s for 1.0.0', async (version) => {
    server.publish({ version });
    expect(await sourceOf('1.0.0').check()).toBeUndefined();
  });

  test('takes no older one for a beta either', async () => {
    server.publish({ version: '0.9.0' });
    expect(await sourceOf('1.0.0-beta.1').check()).toBeUndefined();
  });

  test.each([
    ['that was changed', () => server.tamper((list) => list.replace('1.1.0', '1.2.0'))],
    ['without a signature that can be read', () => server.tamper(() => 'not one', '.sig')],
    ['signed by somebody else', () => server.publish({ version: '1.1.0' }, generateKeyPairSync('ed25519').privateKey)],
  ])('refuses a list %s', async (_, attack) => {
    server.publish({ version: '1.1.0' });
    attack();
    await expect(sourceOf('1.0.0').check()).rejects.toThrow(NotGenuineError);
  });

  test('refuses a file that is not the one on the list', async () => {
    server.publish({ version: '1.1.0' });
    server.tamper((content) => content.replace('Parley', 'Parlez'), '.AppImage');
    const source = sourceOf('1.0.0');
    await source.check();
    await expect(source.download(() => {})).rejects.toThrow(NotGenuineError);
  });

  test('refuses a file that lies on another server', async () => {
    server.publish({ version: '1.1.0', fileUrl: 'https://elsewhere.example.org/Parley-1.1.0.AppImage' });
    const source = sourceOf('1.0.0');
    await source.check();
    await expect(source.download(() => {})).rejects.toThrow(NotGenuineError);
  });

  test('tells the feed nothing by which it could know this app again', async () => {
    server.publish({ version: '1.1.0' });
    const source = sourceOf('1.0.0');
    await source.check();
    await source.download(() => {});
    const told = new Set(server.asked.flatMap(({ headers }) => Object.keys(headers)));
    expect([...told].filter((name) => /staging|cookie|auth|id$/.test(name))).toEqual([]);
    expect(told.has('host')).toBe(true);
  });

  test('tells where what was fetched cannot be installed', async () => {
    server.publish({ version: '1.1.0' });
    const source = sourceOf('1.0.0');
    await source.check();
    await source.download(() => {});
    vi.stubEnv('APPIMAGE', '');
    await expect(source.install()).rejects.toThrow('APPIMAGE');
  });

  test('fails as unreachable, not as forged, where there is no list', async () => {
    await expect(sourceOf('1.0.0').check()).rejects.not.toThrow(NotGenuineError);
  });
});
