import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readConfig } from '../config/read-config.ts';
import { commandServer, listenForCommands } from '../control/control-socket.ts';
import { rotateKeys } from '../control/rotate-keys.ts';
import { openStorage } from '../open-storage.ts';
import { commands } from './commands.ts';
import { runCommand } from './run-command.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'parley-cli-'));
  vi.stubEnv('PARLEY_DATA_DIR', dataDir);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true, force: true });
});

const parley = (...args: string[]) => runCommand(commands, args);
const keyInFile = () =>
  (JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8')) as { databaseKey: string }).databaseKey;
const open = () => openStorage(readConfig(), () => undefined);

test('help lists every command, and says more about each', async () => {
  const { out, exitCode } = await parley('help');
  expect(exitCode).toBe(0);
  for (const [name, { details }] of Object.entries(commands)) {
    expect(out).toContain(name);
    expect((await parley('help', name)).out).toContain(details);
  }
});

test('what there is not is said with what there is', async () => {
  for (const args of [[], ['rotate'], ['help', 'rotate'], ['toString']]) {
    const { exitCode, error } = await parley(...args);
    expect([exitCode, error]).toEqual([2, expect.stringContaining('rotate-keys')]);
  }
  expect((await parley('rotate-keys', 'now')).error).toContain('takes nothing');
});

test('a wrong configuration is told with its code', async () => {
  vi.stubEnv('PORT', 'x');
  expect(await parley('check-config')).toMatchObject({
    exitCode: 2,
    error: expect.stringContaining('(config_invalid)'),
  });
});

test('S18 keys are changed where no server runs', async () => {
  const { identity, close } = await open();
  await close();
  const former = keyInFile();
  expect(await parley('rotate-keys')).toMatchObject({ exitCode: 0 });
  expect(keyInFile()).not.toBe(former);
  const again = await open();
  expect(again.identity).toEqual(identity);
  await again.close();
});

test('S18 keys are changed by the server that runs, and data that was left under the former key opens', async () => {
  const config = readConfig();
  const storage = await open();
  const stop = await listenForCommands(dataDir, { 'rotate-keys': () => rotateKeys(config, storage) });
  const former = keyInFile();
  const changeKey = vi.spyOn(storage, 'changeKey').mockRejectedValueOnce(new Error('Interrupted'));
  expect(await parley('rotate-keys')).toEqual({ exitCode: 1, out: '', error: 'Interrupted\n' });
  const begun = keyInFile();
  expect(begun).not.toBe(former);
  await storage.close();

  const reopened = await open();
  changeKey.mockImplementation(reopened.changeKey);
  expect(await parley('rotate-keys')).toMatchObject({ exitCode: 0 });
  expect(keyInFile()).toBe(begun);
  await reopened.check();
  await reopened.close();
  stop();
  expect(readConfig().secrets.formerDatabaseKeys).toEqual([]);
  await (await open()).close();
});

test('a server of another version, or none, is told apart', async () => {
  expect(await commandServer(dataDir, 'rotate-keys')).toBeNull();
  const stop = await listenForCommands(dataDir, {});
  await expect(commandServer(dataDir, 'rotate-keys')).rejects.toThrow('another version');
  stop();
});

test('D14 data that was restored is the same server in another epoch', async () => {
  const { identity, close } = await open();
  expect((await parley('restored')).error).toContain('(database_in_use)');
  await close();
  expect(await parley('restored')).toMatchObject({ exitCode: 0 });
  const again = await open();
  expect(again.identity.serverId).toBe(identity.serverId);
  expect(again.identity.epoch).not.toBe(identity.epoch);
  await again.close();
});

test.each(['rotate-keys', 'restored', 'accept-secrets'])('%s makes no database where there is none', async (name) => {
  const path = join(dataDir, 'parley.db');
  const said = expect.stringContaining(`(database_missing):\n  - There is no database at ${path}`);
  expect(await parley(name)).toMatchObject({ exitCode: 2, error: said });
  expect(existsSync(path)).toBe(false);
});

test.each([
  [[], 'copy takes --from'],
  [['--from', 'sqlite:', '--to', 'sqlite:other.db'], 'copy takes --from'],
  [['--from', 'sqlite:', '--to', 'mongodb://127.0.0.1:1/parley'], 'There is no database at'],
])('what cannot be copied is said: %j', async (args, words) => {
  expect(await parley('copy', ...args)).toMatchObject({ exitCode: 2, error: expect.stringContaining(words) });
});

test('a database that a server has open is not copied', async () => {
  const storage = await open();
  const { error } = await parley('copy', '--from', 'sqlite:', '--to', 'mongodb://127.0.0.1:1/parley');
  expect(error).toContain('(database_in_use)');
  await storage.close();
});

test('S19 secrets that were changed are refused until they are accepted', async () => {
  await (await open()).close();
  vi.stubEnv('PARLEY_PASSWORD_PEPPER', 'Kx93mQpLz71VbtYc20RwHs8NdJf45GaE-another');
  await expect(open()).rejects.toMatchObject({
    code: 'secrets_mismatch',
    message: expect.stringMatching(/^The data was made with other secrets \(PARLEY_PASSWORD_PEPPER,/),
  });
  expect(await parley('accept-secrets')).toMatchObject({ exitCode: 0 });
  await (await open()).close();
});

test('S18 a key from the environment is changed in the environment', async () => {
  const keys = ['Kx93mQpLz71VbtYc20RwHs8NdJf45GaE-one', 'Kx93mQpLz71VbtYc20RwHs8NdJf45GaE-two'];
  vi.stubEnv('PARLEY_DATABASE_KEY', keys[0]);
  await (await open()).close();
  expect((await parley('rotate-keys')).error).toContain('comes from the environment');
  vi.stubEnv('PARLEY_DATABASE_KEY', keys.toReversed().join());
  expect((await parley('rotate-keys')).out).toContain('Take the former one out');
  vi.stubEnv('PARLEY_DATABASE_KEY', keys[1]);
  await (await open()).close();
});
