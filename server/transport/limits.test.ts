import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultRates } from '@parley/shared/contract/limits.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import type { TestSocket } from '../testing/test-socket.ts';

let server: TestServer;
let socket: TestSocket;
beforeAll(async () => {
  server = await startTestServer({
    config: {
      rates: { ...defaultRates, reads: { perSecond: 1 / 3_600, burst: 5 } },
      socketsPerUser: 2,
      socketsPerAddress: 3,
    },
  });
});
afterAll(() => server.close());

const codeOf = (reply: { ok: boolean; error?: { code: string } }) => (reply.ok ? 'ok' : reply.error?.code);

describe('S11 over a limit', () => {
  test('one is told to wait, and how long; others are served', async () => {
    const [ann, ben] = [await server.register('Ann'), await server.register('Ben')];
    socket = await server.connect(ann);
    const codes = [];
    for (let n = 0; n < 6; n += 1) codes.push(codeOf(await socket.ask('getAccount', {})));
    expect(codes).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'rate_limited']);
    const refused = await socket.ask('getAccount', {});
    expect(refused.ok === false && refused.error.retryAfterMs).toBeGreaterThan(0);
    expect(codeOf((await server.call('/api/account', { token: ben.accessToken })).reply)).toBe('ok');
    socket.close();
  });

  test('both roads share one bucket, and so do all devices', async () => {
    const ann = await server.register('Ann');
    const phone = await server.signIn(ann);
    for (let n = 0; n < 5; n += 1) await server.call('/api/account', { token: ann.accessToken });
    const { status, headers, reply } = await server.call('/api/account', { token: phone.accessToken });
    expect([status, codeOf(reply), Number(headers.get('retry-after')) > 0]).toEqual([429, 'rate_limited', true]);
  });

  test('requests that are malformed or unknown are counted too', async () => {
    const ann = await server.register('Ann');
    const ben = await server.connect(ann);
    const ask = (event: string) => new Promise<never>((resolve) => ben.raw.emit(event, {}, resolve as never));
    for (let n = 0; n < 5; n += 1) await ask('nothing.like.it');
    expect(codeOf(await ask('nothing.like.it'))).toBe('rate_limited');
    ben.close();
  });

  test('the limits are told when one connects', async () => {
    const ben = await server.connect(await server.register('Ben'));
    const { limits } = await ben.demand('hello', {});
    expect(limits.rates['messages']).toEqual(defaultRates.messages);
    expect(limits.rates['reads']).toEqual({ perSecond: 1 / 3_600, burst: 5 });
    ben.close();
  });
});

describe('S9 connections', () => {
  test('of one account are bounded', async () => {
    const roomy = await startTestServer({ config: { socketsPerUser: 2 } });
    const ann = await roomy.register('Ann');
    const [first] = [await roomy.connect(ann), await roomy.connect(ann)];
    await expect(roomy.connect(ann)).rejects.toMatchObject({ failure: { code: 'rate_limited' } });
    first.close();
    await expect
      .poll(() =>
        roomy.connect(ann).then(
          () => 'in',
          () => 'refused',
        ),
      )
      .toBe('in');
    await roomy.close();
  });

  test('of one address are bounded', async () => {
    const tight = await startTestServer({ config: { socketsPerAddress: 2 } });
    const people = [await tight.register(), await tight.register(), await tight.register()];
    const [first, , third] = people;
    if (first === undefined || third === undefined) throw new Error('Nobody registered');
    const socketOfFirst = await tight.connect(first);
    await tight.connect(people[1] ?? first);
    await expect(tight.connect(third)).rejects.toThrow('websocket error');
    socketOfFirst.close();
    await expect
      .poll(() =>
        tight.connect(third).then(
          () => 'in',
          () => 'refused',
        ),
      )
      .toBe('in');
    await tight.close();
  });
});
