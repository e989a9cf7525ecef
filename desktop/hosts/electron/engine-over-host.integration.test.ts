import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { startTestServer, type TestServer } from '@parley/server/testing/start-test-server.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CommandInput, CommandName, CommandValue } from '../../engine/api/commands.ts';
import { createEngine } from '../../engine/create-engine.ts';
import { TestDevice } from '../../engine/testing/test-device.ts';
import { createElectronHost } from './create-electron-host.ts';
import { startDatabaseWorker } from './testing/start-database-worker.ts';
import { createTestKeychain } from './testing/test-keychain.ts';

let folder: string;
let server: TestServer;
const endings: (() => unknown)[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-engine-'));
  server = await startTestServer();
});
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
  await server.close();
  rmSync(folder, { recursive: true });
});

const { keychain } = createTestKeychain();

/** One run of the engine over the profile. */
async function startProcess() {
  const network = { isOnline: true, tell: () => undefined as void };
  let worker: Worker | undefined;
  const host = await createElectronHost({
    profilePath: join(folder, 'profile'),
    keychainService: 'Parley',
    deviceName: 'test device',
    connectivity: {
      isOnline: () => network.isOnline,
      onChange(listener) {
        network.tell = listener;
        return () => undefined;
      },
    },
    startDatabaseWorker: () => (worker = startDatabaseWorker()),
    log: () => undefined,
    onLoss: () => undefined,
    onUnusable: () => undefined,
    loadKeychain: () => Promise.resolve(keychain),
  });
  const engine = createEngine(host);
  return {
    async run<C extends CommandName>(command: C, input: CommandInput<C>): Promise<CommandValue<C>> {
      const result = await engine.call(command, input);
      if (!result.ok) throw new Error(`${command} was refused: ${result.error.code}`);
      return result.value;
    },
    async accounts(): Promise<string[]> {
      await engine.call('useHere', {});
      const { snapshot, end } = await engine.subscribe(() => undefined);
      end();
      return snapshot.app.phase === 'ready' ? snapshot.app.accounts : [];
    },
    loseNetwork() {
      network.isOnline = false;
      network.tell();
    },
    /** As a killed process: without a network it does nothing any more, and what it has asked of its store is not answered. */
    kill: async () => void (await worker?.terminate()),
    async close() {
      await engine.close();
      await host.close();
    },
  };
}

test('D1 D7 E9 killed with three messages waiting: after the start nobody signs in again, and all three go out once', async () => {
  const ines = await TestDevice.registered({ address: server.url }, 'Ines');
  endings.push(() => ines.close());
  const maud = await startProcess();
  const { account } = await maud.run('register', {
    address: server.url,
    email: 'maud@example.org',
    password: 'correct horse battery',
    name: 'Maud',
  });
  const { conversationId } = await maud.run('addContact', { account, email: ines.email });
  const say = (text: string) => maud.run('sendMessage', { account, conversationId, text });
  await say('one');
  await ines.until(() => ines.all('conversations').some(({ id }) => id === conversationId));
  await ines.run('openThread', { conversationId });
  await ines.until(() => ines.texts(conversationId).length === 1);

  maud.loseNetwork();
  for (const text of ['two', 'three', 'four']) await say(text);
  await maud.kill();

  const again = await startProcess();
  endings.push(() => again.close());
  expect(await again.accounts()).toEqual([account]);
  await ines.until(() => ines.texts(conversationId).length === 4);
  expect(ines.texts(conversationId)).toEqual(['one', 'two', 'three', 'four']);
});
