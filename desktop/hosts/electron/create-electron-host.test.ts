import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { putDraft } from '../../engine/ports/testing/example-records.ts';
import {
  createElectronHost,
  type ElectronHost,
  type ElectronHostOptions,
  opensKeychain,
} from './create-electron-host.ts';
import type { Keychain } from './secrets/keychain-vault.ts';
import { createTestKeychain } from './testing/test-keychain.ts';
import { startDatabaseWorker } from './testing/start-database-worker.ts';

let folder: string;
let logged: unknown[];
const hosts: ElectronHost[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-host-'));
  logged = [];
});
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.close();
  rmSync(folder, { recursive: true });
});

async function start(keychain: Keychain | Error, changes: Partial<ElectronHostOptions> = {}): Promise<ElectronHost> {
  const host = await createElectronHost({
    profilePath: join(folder, 'profile'),
    keychainService: 'Parley',
    deviceName: 'test device',
    connectivity: { isOnline: () => true, onChange: () => () => undefined },
    startDatabaseWorker,
    log: (event, details) => logged.push({ event, ...details }),
    onLoss: (loss) => logged.push(loss),
    onUnusable: () => logged.push('unusable'),
    loadKeychain: async () => {
      if (keychain instanceof Error) throw keychain;
      return keychain;
    },
    ...changes,
  });
  hosts.push(host);
  return host;
}

test('E9 with a keychain everything is kept, its secrets there and nothing else', async () => {
  const { keychain, entries } = createTestKeychain();
  const host = await start(keychain);
  expect([host.secretKeeping, host.store.kind]).toEqual([{ kind: 'keychain' }, 'kept']);
  await host.vault.write('s1/u1', 'token');
  await (await host.store.open('s1/u1')).write([putDraft('c1', 'half a sen')]);
  await host.close();
  const names = [...entries.keys()].map((name) => name.replace(/[0-9a-f-]{36}/, 'profile'));
  expect(names.toSorted()).toEqual([
    'Parley|profile/check',
    'Parley|profile/database-key/s1/u1',
    'Parley|profile/refresh-token/s1/u1',
  ]);

  const next = await start(keychain);
  expect(await next.store.list()).toEqual(['s1/u1']);
  expect(await next.vault.read('s1/u1')).toBe('token');
  expect(await (await next.store.open('s1/u1')).readAll('drafts')).toHaveLength(1);
  expect(logged).toEqual([]);
});

test('E9 two profiles of one person do not share secrets', async () => {
  const { keychain } = createTestKeychain();
  const [one, other] = [await start(keychain), await start(keychain, { profilePath: join(folder, 'other') })];
  await one.vault.write('s1/u1', 'token');
  expect(await other.vault.read('s1/u1')).toBeNull();
});

test.each<[string, Keychain | Error, string]>([
  ['does not load', new Error('libsecret-1.so.0: cannot open shared object file'), 'missing'],
  ['is locked', createTestKeychain('Cannot create an item in a locked collection').keychain, 'refused'],
])('E9 where the keychain %s, nothing is kept and it is said', async (_, keychain, trouble) => {
  const host = await start(keychain);
  expect([host.secretKeeping, host.store.kind]).toEqual([{ kind: 'unavailable', trouble }, 'memory']);
  await host.vault.write('s1/u1', 'token');
  await (await host.store.open('s1/u1')).write([putDraft('c1', 'half a sen')]);
  expect(await host.vault.read('s1/u1')).toBe('token');
  expect(readdirSync(join(folder, 'profile'))).toEqual(['profile-id']);
  expect(logged).toEqual([expect.objectContaining({ event: 'keychain_unavailable', trouble })]);
});

test('E9 what was kept waits for the keychain to come back', async () => {
  const { keychain } = createTestKeychain();
  const host = await start(keychain);
  await (await host.store.open('s1/u1')).write([putDraft('c1', 'half a sen')]);
  await host.close();
  const without = await start(new Error('no such library'));
  expect(await without.store.list()).toEqual([]);
  await (await without.store.open('s1/u1')).erase();
  const again = await start(keychain);
  expect(await (await again.store.open('s1/u1')).readAll('drafts')).toHaveLength(1);
});

test('a keychain is tried without making a host of it', async () => {
  const options = (keychain: Keychain) => ({
    profilePath: join(folder, 'profile'),
    keychainService: 'Parley',
    log: () => undefined,
    loadKeychain: () => Promise.resolve(keychain),
  });
  expect(await opensKeychain(options(createTestKeychain('locked').keychain))).toBe(false);
  expect(await opensKeychain(options(createTestKeychain().keychain))).toBe(true);
});
