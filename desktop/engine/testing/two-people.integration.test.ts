import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '@parley/server/testing/start-test-server.ts';
import { TestDevice } from './test-device.ts';

let server: TestServer;
let maud: TestDevice;
let ines: TestDevice;
const devices: TestDevice[] = [];

async function person(name: string): Promise<TestDevice> {
  const device = await TestDevice.registered({ address: server.url }, name);
  devices.push(device);
  await device.untilCurrent();
  return device;
}

beforeEach(async () => {
  server = await startTestServer();
  maud = await person('Maud');
  ines = await person('Ines');
});

afterEach(async () => {
  for (const device of devices.splice(0)) await device.close();
  await server.close();
});

describe('two people', () => {
  test('a first message makes the conversation on the other side, and its ticks move on to read', async () => {
    const { conversationId } = await maud.run('addContact', { email: ines.email });
    await maud.run('openThread', { conversationId });
    expect(maud.one('conversations', conversationId)).toMatchObject({ state: 'new', title: 'Ines', kind: 'direct' });
    await maud.run('sendMessage', { conversationId, text: 'Side door at quarter past five?' });
    expect(maud.thread(conversationId)[0]?.delivery).toBe('waiting');

    await ines.until(() => ines.one('conversations', conversationId)?.unread === 1);
    await ines.until(() => ines.one('conversations', conversationId)?.title === 'Maud');
    await maud.until(() => maud.thread(conversationId)[0]?.delivery === 'delivered');
    await ines.run('openThread', { conversationId });
    expect(ines.texts(conversationId)).toEqual(['Side door at quarter past five?']);
    await ines.run('markRead', { conversationId, seq: 1 });
    await ines.until(() => ines.one('conversations', conversationId)?.unread === 0);
    await maud.until(() => maud.thread(conversationId)[0]?.delivery === 'read');
  });

  test('D1 first messages sent at the same moment from both sides make one conversation', async () => {
    const { conversationId } = await maud.run('addContact', { email: ines.email });
    await ines.run('addContact', { email: maud.email });
    await Promise.all([
      maud.run('sendMessage', { conversationId, text: 'from Maud' }),
      ines.run('sendMessage', { conversationId, text: 'from Ines' }),
    ]);
    await Promise.all([maud.run('openThread', { conversationId }), ines.run('openThread', { conversationId })]);
    await Promise.all(
      [maud, ines].map((device) =>
        device.until(() => device.thread(conversationId).filter(({ seq }) => seq).length === 2),
      ),
    );
    expect(maud.texts(conversationId)).toEqual(ines.texts(conversationId));
    expect(maud.all('conversations')).toHaveLength(1);
  });

  test('D7 what is written without a network goes out once it is back, in order and once', async () => {
    const { conversationId } = await maud.run('addContact', { email: ines.email });
    await ines.run('openThread', { conversationId });
    maud.goOffline();
    for (const text of ['one', 'two', 'three']) await maud.run('sendMessage', { conversationId, text });
    await maud.until(() => maud.one('account', 'me')?.connection.kind === 'offline');
    await maud.crash();
    await maud.until(() => maud.one('account', 'me')?.waiting === 3);
    maud.goOnline();
    await maud.untilCurrent();
    await ines.until(() => ines.thread(conversationId).length === 3);
    expect(ines.texts(conversationId)).toEqual(['one', 'two', 'three']);
  });

  test('a second device gets everything: messages, markers, contacts and drafts', async () => {
    const { conversationId } = await maud.run('addContact', { email: ines.email, alias: 'Conductor' });
    await maud.run('sendMessage', { conversationId, text: 'hello' });
    await maud.untilCurrent();
    await ines.until(() => ines.one('conversations', conversationId) !== undefined);
    await ines.run('sendMessage', { conversationId, text: 'hello yourself' });
    await maud.until(() => maud.one('conversations', conversationId)?.unread === 1);
    await maud.run('markRead', { conversationId, seq: 2 });
    await maud.run('setDraft', { conversationId, text: 'half a sen' });
    const other = await maud.another();
    devices.push(other);
    await other.until(() => other.one('conversations', conversationId)?.draft === 'half a sen');
    await other.until(() => other.one('conversations', conversationId)?.title === 'Conductor');
    await other.until(() => other.one('conversations', conversationId)?.unread === 0);
    await other.run('openThread', { conversationId });
    await other.until(() => other.texts(conversationId).length === 2);
    expect(other.texts(conversationId)).toEqual(['hello', 'hello yourself']);
    await other.run('sendMessage', { conversationId, text: 'half a sentence' });
    await maud.until(() => maud.one('conversations', conversationId)?.draft === undefined);
  });

  test('D15 another device is shown what was typed here, so that a keystroke there does not overwrite it', async () => {
    const { conversationId } = await maud.run('addContact', { email: ines.email });
    const other = await maud.another();
    devices.push(other);
    await other.untilCurrent();
    await maud.run('setDraft', { conversationId, text: 'a long thought' });
    await other.until(() => other.one('drafts', conversationId)?.text === 'a long thought');
    await other.run('setDraft', { conversationId, text: 'a long thought goes on' });
    await maud.until(() => maud.one('drafts', conversationId)?.text === 'a long thought goes on');
    expect(other.one('conversations', conversationId)?.draft).toBe('a long thought goes on');
  });

  test('D14 a server that was killed and is back: nobody signs in again, everything is there', async () => {
    const { conversationId } = await maud.run('addContact', { email: ines.email });
    await maud.run('sendMessage', { conversationId, text: 'before' });
    await maud.untilCurrent();
    await server.crash();
    await maud.run('sendMessage', { conversationId, text: 'meanwhile' });
    await server.restart();
    await maud.untilCurrent();
    await ines.run('openThread', { conversationId });
    await ines.until(() => ines.texts(conversationId).length === 2);
    expect(ines.texts(conversationId)).toEqual(['before', 'meanwhile']);
  });
});
