import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Socket } from 'socket.io';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { socketIoSocket } from './socket-io-socket.ts';
import { recordLink } from './testing/recorded-link.ts';
import { startSocketIoServer } from './testing/socket-io-server.ts';

const timeoutMs = 5_000;

describe('a Socket.IO link', () => {
  let running: Awaited<ReturnType<typeof startSocketIoServer>>;
  const endings: (() => unknown)[] = [];
  beforeEach(async () => {
    running = await startSocketIoServer();
    endings.push(running.close);
  });
  afterEach(async () => {
    for (const end of endings.splice(0).toReversed()) await end();
  });

  function dial(address = running.address) {
    const record = recordLink();
    const link = socketIoSocket.open({ address, token: 'access', protocol: 7, handlers: record.handlers });
    endings.push(() => link.close());
    return { link, ...record };
  }

  /** The link and the server's end of it. */
  async function connect() {
    const accepted = new Promise<Socket>((resolve) => running.server.once('connection', resolve));
    const dialled = dial();
    const peer = await accepted;
    await dialled.opened;
    return { ...dialled, peer };
  }

  test('S9 shows token and protocol in the handshake', async () => {
    const { peer } = await connect();
    expect(peer.handshake.auth).toEqual({ token: 'access', protocol: 7 });
    expect(peer.handshake.query).not.toHaveProperty('token');
    expect(peer.conn.transport.name).toBe('websocket');
  });

  test('answers a request with what the server acknowledged', async () => {
    const { link, peer } = await connect();
    peer.on('messages.send', (input: unknown, acknowledge: (reply: unknown) => void) =>
      acknowledge({ ok: true, data: { input } }),
    );
    expect(await link.request('messages.send', { text: 'hello' }, timeoutMs)).toEqual({
      ok: true,
      data: { input: { text: 'hello' } },
    });
  });

  test('tells facts in the order they were sent, after it is open', async () => {
    running.server.on('connection', (peer) => {
      for (let n = 0; n < 100; n += 1) peer.emit('conversation.changed', { n });
    });
    const { facts, told, factsAreIn } = dial();
    await factsAreIn(100);
    expect(told[0]).toBe('open');
    expect(facts).toEqual(Array.from({ length: 100 }, (_, n) => ({ name: 'conversation.changed', payload: { n } })));
  });

  test('is refused with the failure the server gives', async () => {
    const failure = { code: 'token_expired', message: 'Sign in again', retryAfterMs: 10 };
    running.server.use((_, next) => next(Object.assign(new Error('refused'), { data: failure })));
    const { ended, told } = dial();
    expect(await ended).toEqual({ kind: 'refused', failure });
    expect(told).toEqual(['refused']);
  });

  test.each([undefined, 'no', { code: 7 }])(
    'is lost when the refusal is %j, which no server of ours says',
    async (data) => {
      running.server.use((_, next) => next(Object.assign(new Error('refused'), { data })));
      expect(await dial().ended).toEqual({ kind: 'lost' });
    },
  );

  test('is lost when nobody answers', async () => {
    await running.close();
    const { ended, told } = dial();
    expect(await ended).toEqual({ kind: 'lost' });
    expect(told).toEqual(['lost']);
  });

  test('is lost, once, when the server goes, and so are requests under way and later', async () => {
    const { link, told, ended, peer } = await connect();
    const asked = new Promise<void>((resolve) => peer.once('messages.send', () => resolve()));
    const request = link.request('messages.send', {}, timeoutMs);
    void asked.then(() => peer.conn.close());
    await expect(request).rejects.toThrow('disconnected');
    expect(await ended).toEqual({ kind: 'lost' });
    await expect(link.request('messages.send', {}, timeoutMs)).rejects.toThrow('not open');
    expect(told).toEqual(['open', 'lost']);
  });

  test('gives up on a request that is not acknowledged in time', async () => {
    const { link, told } = await connect();
    await expect(link.request('messages.send', {}, 1)).rejects.toThrow('timed out');
    expect(told).toEqual(['open']);
  });

  test('keeps no request back for later', async () => {
    const { link } = dial();
    await expect(link.request('messages.send', {}, timeoutMs)).rejects.toThrow('not open');
  });

  test('tells nothing after it was closed, and leaves the server', async () => {
    const { link, told, peer } = await connect();
    const left = new Promise((resolve) => peer.once('disconnect', resolve));
    peer.emit('conversation.changed', {});
    link.close();
    link.close();
    await left;
    expect(told).toEqual(['open']);
  });

  test('closed while dialling it tells nothing', async () => {
    const { link, told } = dial();
    link.close();
    await connect();
    expect(told).toEqual([]);
  });

  test('two links to one server are two connections', async () => {
    const [one, other] = [await connect(), await connect()];
    expect(one.peer.conn).not.toBe(other.peer.conn);
    one.link.close();
    other.peer.on('ping', (_: unknown, acknowledge: (reply: unknown) => void) => acknowledge({ ok: true, data: null }));
    expect(await other.link.request('ping', {}, timeoutMs)).toEqual({ ok: true, data: null });
  });
});

test('something that is no Socket.IO server loses the link', async () => {
  const stranger = createServer((line) => line.end('220 smtp.example ready\r\n'));
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
  const { handlers, ended } = recordLink();
  socketIoSocket.open({ address, token: 'access', protocol: 1, handlers });
  expect(await ended).toEqual({ kind: 'lost' });
  stranger.close();
});
