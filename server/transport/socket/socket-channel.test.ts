import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FactPayload } from '../../domain/live/channel.ts';
import type { LiveSockets } from '../../domain/live/channel.ts';
import { openTestSocket, type TestSocket } from '../../testing/test-socket.ts';
import { createOrigins } from '../origins.ts';
import { createOutputCheck } from '../output-check.ts';
import { createSocketServer, type SocketServer } from './socket-server.ts';

const conversationId = '018f0000-0000-7000-8000-000000000001';
const userId = '018f0000-0000-7000-8000-000000000002';
const log = { info() {}, warn() {}, error() {} };

let http: Server;
let sockets: SocketServer;
let url: string;
let opened: TestSocket[];
let served: string[];
/** What `connected` waits for. */
let gate: Promise<void>;
beforeEach(async () => {
  opened = [];
  served = [];
  gate = Promise.resolve();
  http = createServer();
  sockets = createSocketServer({
    http,
    origins: createOrigins({ publicUrl: undefined, allowedOrigins: [], host: '127.0.0.1', port: () => 0 }),
    outputCheck: createOutputCheck(false),
    trustedProxies: [],
    maxPerAddress: 100,
    maxPerUser: 100,
    isDraining: () => false,
  });
  const live: LiveSockets = { connected: () => gate, disconnected() {} };
  sockets.start({
    live,
    log,
    rateGate: () => Promise.resolve(),
    sessionSeen: () => Promise.resolve(),
    // The token names the session.
    authenticate: (token) => Promise.resolve({ userId, sessionId: token, deviceId: userId }),
    serve: ({ key }) => {
      served.push(key);
      return Promise.resolve({ ok: true, data: {} });
    },
  });
  await new Promise<void>((resolve) => void http.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterEach(async () => {
  for (const socket of opened) socket.close();
  await sockets.close();
});

async function connect(session: string): Promise<{ socket: TestSocket; id: string }> {
  const socket = await openTestSocket(url, { token: session, protocol: 1 });
  opened.push(socket);
  await socket.ask('hello', {});
  return { socket, id: socket.raw.id ?? '' };
}

const typing = { conversationId, userId, isTyping: true };
/** Everything told before is there when this is answered. */
const heardBy = async ({ socket }: { socket: TestSocket }) => {
  await socket.ask('hello', {});
  return socket.heard.map(({ name }) => name);
};

test('a room hears, in order; who asked not to be told, and who has left, do not', async () => {
  const [ann, ben, cem] = [await connect('a'), await connect('b'), await connect('c')];
  for (const { id } of [ann, ben, cem]) sockets.channel.join(id, conversationId);
  sockets.channel.leave(cem.id, conversationId);
  sockets.channel.tellConversation(conversationId, 'typingChanged', typing, ann.id);
  sockets.channel.tellSocket(ben.id, 'presenceChanged', { people: [] });
  sockets.channel.tellConversation(conversationId, 'typingChanged', typing);
  expect(await heardBy(ann)).toEqual(['typing.changed']);
  expect(await heardBy(ben)).toEqual(['typing.changed', 'presence.changed', 'typing.changed']);
  expect(await heardBy(cem)).toEqual([]);
});

test('a fact is encoded once, however many hear it', async () => {
  let encodings = 0;
  const isTyping = {
    toJSON() {
      encodings += 1;
      return true;
    },
  };
  const payload = { ...typing, isTyping } as unknown as FactPayload<'typingChanged'>;
  const first = await connect('a');
  sockets.channel.join(first.id, conversationId);
  sockets.channel.tellConversation(conversationId, 'typingChanged', payload);
  const forOne = encodings;
  for (const session of ['b', 'c', 'd', 'e']) sockets.channel.join((await connect(session)).id, conversationId);
  sockets.channel.tellConversation(conversationId, 'typingChanged', payload);
  expect(encodings).toBe(2 * forOne);
});

test('S7 a session that ends hears nothing more from that moment, even in the same turn', async () => {
  const [ann, phone, ben] = [await connect('a'), await connect('a'), await connect('b')];
  for (const { id } of [ann, phone, ben]) sockets.channel.join(id, conversationId);
  sockets.channel.endSession('a', { code: 'session_revoked', message: 'Signed out' });
  sockets.channel.tellConversation(conversationId, 'typingChanged', typing);
  await Promise.all([ann.socket.closed, phone.socket.closed]);
  expect(ann.socket.heard.map(({ name }) => name)).toEqual(['session.ended']);
  expect(phone.socket.heard.map(({ name }) => name)).toEqual(['session.ended']);
  expect(await heardBy(ben)).toEqual(['typing.changed']);
});

test('telling a socket or a room that is not there does nothing', () => {
  sockets.channel.join('gone', conversationId);
  sockets.channel.tellSocket('gone', 'typingChanged', typing);
  sockets.channel.tellConversation(conversationId, 'typingChanged', typing);
  sockets.channel.endSession('gone', { code: 'session_revoked', message: 'Signed out' });
  expect(served).toEqual([]);
});

describe('D5 subscribe, then fetch', () => {
  test('no request is served before the socket follows its conversations', async () => {
    let open = () => {};
    gate = new Promise((resolve) => (open = resolve));
    const socket = await openTestSocket(url, { token: 'a', protocol: 1 });
    opened.push(socket);
    const answers = Promise.all([socket.ask('hello', {}), socket.ask('getAccount', {})]);
    // A socket that is ready is served meanwhile, so the others had their chance.
    gate = Promise.resolve();
    await connect('b');
    expect(served).toEqual(['hello']);
    open();
    await answers;
    expect(served).toEqual(['hello', 'hello', 'getAccount']);
  });

  test('what waits is bounded', async () => {
    gate = new Promise(() => {});
    const socket = await openTestSocket(url, { token: 'a', protocol: 1 });
    opened.push(socket);
    for (let n = 0; n < 200; n += 1) socket.raw.emit('session.hello', {});
    expect(await socket.ask('hello', {})).toMatchObject({ ok: false, error: { code: 'rate_limited' } });
  });

  test('where following fails the connection is given up, and the client may come back', async () => {
    gate = Promise.reject(new Error('The storage is away'));
    gate.catch(() => {});
    const socket = await openTestSocket(url, { token: 'a', protocol: 1 });
    opened.push(socket);
    expect(await socket.closed).toBe('transport close');
    expect(socket.heard).toEqual([]);
  });
});
