import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { restoreTestData } from '@parley/server/testing/restore-test-data.ts';
import { startTestServer, type TestServer } from '@parley/server/testing/start-test-server.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestDevice } from './test-device.ts';

let server: TestServer;
let maud: TestDevice;
let ines: TestDevice;
let other: TestDevice | undefined;
let backup: string;

async function person(name: string): Promise<TestDevice> {
  const device = await TestDevice.registered({ address: server.url }, name);
  await device.untilCurrent();
  return device;
}

beforeEach(async () => {
  server = await startTestServer();
  [maud, ines] = [await person('Maud'), await person('Ines')];
  backup = mkdtempSync(join(tmpdir(), 'parley-backup-'));
});

afterEach(async () => {
  for (const device of [maud, ines, other]) await device?.close();
  await server.close();
  rmSync(backup, { recursive: true });
});

test('D14 what a backup lacks comes back from the devices that had sent it, and what is new is not taken for it', async () => {
  const { conversationId } = await maud.run('addContact', { email: ines.email });
  const say = (device: TestDevice, text: string) => device.run('sendMessage', { conversationId, text });
  const untilBothHave = (count: number) =>
    Promise.all(
      [maud, ines].map((device) =>
        device.until(() => device.thread(conversationId).filter(({ seq }) => seq).length === count),
      ),
    );
  await say(maud, 'kept');
  await ines.until(() => ines.one('conversations', conversationId) !== undefined);
  for (const device of [maud, ines]) await device.run('openThread', { conversationId });
  await untilBothHave(1);
  await server.stop();
  cpSync(server.dataDir, backup, { recursive: true });

  await server.restart();
  await say(maud, 'lost by Maud');
  await untilBothHave(2);
  await say(ines, 'lost by Ines');
  await untilBothHave(3);
  await server.stop();
  for (const device of [maud, ines]) device.goOffline();
  await restoreTestData(server.dataDir, backup);

  await server.restart();
  // As far as the others had seen it, and further.
  other = await ines.another();
  await other.until(() => other?.one('conversations', conversationId) !== undefined);
  for (const text of ['new one', 'new two', 'new three']) await say(other, text);
  await other.untilCurrent();
  for (const device of [maud, ines]) device.goOnline();
  await untilBothHave(6);
  expect(maud.texts(conversationId)).toEqual(ines.texts(conversationId));
  const lost = ['lost by Ines', 'lost by Maud'];
  expect(maud.texts(conversationId).toSorted()).toEqual(['kept', ...lost, 'new one', 'new three', 'new two']);
});
