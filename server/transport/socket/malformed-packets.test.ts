import { once } from 'node:events';
import WebSocket from 'ws';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { protocolVersion } from '@parley/shared/contract/version.ts';
import { openRawSocket, openSignedInRawSocket } from '../../testing/raw-socket.ts';
import { startTestServer, type TestServer } from '../../testing/start-test-server.ts';
import type { TestPerson } from '../../testing/test-person.ts';
import type { TestSocket } from '../../testing/test-socket.ts';

let server: TestServer;
let ann: TestPerson;
let ben: TestSocket;
beforeAll(async () => {
  server = await startTestServer();
  ann = await server.register('Ann');
  ben = await server.connect(await server.register('Ben'));
});
afterAll(() => server.close());

function endedWithTest(raw: WebSocket): WebSocket {
  onTestFinished(() => raw.terminate());
  return raw;
}
const openRaw = async () => endedWithTest(await openRawSocket(server.url));
const openSignedIn = async () => endedWithTest(await openSignedInRawSocket(server.url, ann));

const textOf = (data: WebSocket.RawData) => (Buffer.isBuffer(data) ? data.toString() : '');

/** Resolves when the server has taken in what was sent before: it has answered after it, or closed. */
async function settled(raw: WebSocket): Promise<'answered' | 'closed'> {
  return new Promise((resolve) => {
    if (raw.readyState === WebSocket.CLOSED) return resolve('closed');
    raw.once('close', () => resolve('closed'));
    raw.on('message', (data) => {
      if (textOf(data).startsWith('43900')) resolve('answered');
    });
    if (raw.readyState === WebSocket.OPEN) raw.send('42900["session.hello",{}]');
  });
}

async function nameOfAnother(): Promise<string> {
  return (await ben.demand('hello', {})).account.profile.name;
}

const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
const packets: [string, string | Buffer][] = [
  ['an empty frame', ''],
  ['an unknown engine packet', '9hello'],
  ['an unknown socket packet', '49'],
  ['an event that is no list', '42{"a":1}'],
  ['an event without a name', '42[]'],
  ['a name that is null', '42[null]'],
  ['a name that is a number', '427[7,{}]'],
  ['a name that is an object', '427[{"toString":1}]'],
  ['a name that is on the prototype', '427["__proto__",{}]'],
  ['a name that is "constructor"', '427["constructor",{}]'],
  ['the name of an emitter’s own event', '427["error",{"message":"boom"}]'],
  ['a reserved name', '42["disconnect"]'],
  ['JSON cut short', '42["session.hello",{'],
  ['very deep JSON', `427["session.hello",${deep}]`],
  ['an acknowledgement nobody waits for', '43123["x"]'],
  ['an acknowledgement number far too high', '4299999999999999999999["session.hello",{}]'],
  ['an unknown namespace', '42/admin,["session.hello",{}]'],
  ['a connect to an unknown namespace', '40/admin,{}'],
  ['a second connect', '40{}'],
  ['a binary event without its binary', '451-["session.hello",{"_placeholder":true,"num":0}]'],
  ['a binary event with a million parts', '451000000-["session.hello",{"_placeholder":true,"num":0}]'],
  ['a placeholder beyond its parts', '451-["session.hello",{"_placeholder":true,"num":9}]'],
  ['binary out of nowhere', Buffer.from([1, 2, 3])],
  ['a frame above the limit', `42["session.hello",{"x":"${'x'.repeat(140_000)}"}]`],
  ['no input', '427["session.hello"]'],
  ['an input of the wrong kind', '427["messages.send","text"]'],
  ['many inputs', '427["session.hello",{},{},{},{}]'],
  [
    'an input that would pollute',
    '427["session.hello",{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}]',
  ],
  ['a request of the other road', '427["auth.login",{}]'],
];

describe('S10 one malformed packet hurts nobody but its sender', () => {
  test.each(packets)('%s', async (_what, packet) => {
    const raw = await openSignedIn();
    raw.send(packet);
    expect(['answered', 'closed']).toContain(await settled(raw));
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(await nameOfAnother()).toBe('Ben');
  });

  test.each(packets)('before signing in: %s', async (_what, packet) => {
    const raw = await openRaw();
    raw.send(packet);
    raw.send('41');
    raw.close();
    await once(raw, 'close');
    expect(await nameOfAnother()).toBe('Ben');
  });
});

describe('S10 what is not understood is answered', () => {
  const ask = (event: string, ...args: unknown[]) =>
    new Promise((resolve) => ben.raw.emit(event, ...args, (reply: unknown) => resolve(reply)));

  test.each([
    'nothing.like.it',
    'error',
    '__proto__',
    'hasOwnProperty',
    'auth.login',
    'server.describe',
    'session.ended',
  ])('a request called %s', async (event) => {
    expect(await ask(event, {})).toMatchObject({ ok: false, error: { code: 'unknown_operation' } });
  });

  test.each([[null], [7], ['x'], [[]], [{ text: 7 }], [{ conversationId: { $ne: null } }]])(
    'an input %o',
    async (input) => {
      expect(await ask('messages.send', input)).toMatchObject({ ok: false, error: { code: 'invalid_request' } });
    },
  );

  test('a request nobody wants answered is served too', async () => {
    ben.raw.emit('session.hello', {});
    ben.raw.emit('nothing.like.it');
    expect(await nameOfAnother()).toBe('Ben');
  });
});

test('S9 a connection has one socket, however fast it asks for a second', async () => {
  const raw = await openRaw();
  const connect = `40${JSON.stringify({ token: ann.accessToken, protocol: protocolVersion })}`;
  const answers: string[] = [];
  const both = new Promise<void>((resolve) => {
    raw.on('message', (data) => {
      if (answers.push(textOf(data)) === 2) resolve();
    });
  });
  raw.send(connect);
  raw.send(connect);
  await both;
  expect(answers.map((answer) => answer.slice(0, 2)).toSorted()).toEqual(['40', '44']);
  expect(answers.join()).toContain('has a socket already');
});

test('S9 who has connected already and asks again is hung up on', async () => {
  const raw = await openSignedIn();
  raw.send('40{}');
  await once(raw, 'close');
  expect(await nameOfAnother()).toBe('Ben');
});
