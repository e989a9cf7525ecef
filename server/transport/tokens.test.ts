import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { badTokens } from '../testing/bad-tokens.ts';
import { createTestClock } from '../testing/test-clock.ts';
import { testConfig } from '../testing/test-config.ts';
import { handshakeOf } from '../testing/test-socket.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

const clock = createTestClock();
let server: TestServer;
let bad: [string, string][];
beforeAll(async () => {
  server = await startTestServer({ overrides: { clock } });
  const ann = await server.register('Ann');
  const [key = new Uint8Array()] = testConfig(server.dataDir).secrets.accessTokenKeys;
  const { reply } = await server.call('/api/server');
  const issuer = reply.ok ? String(reply.data['serverId']) : '';
  bad = badTokens({ key, issuer, nowMs: clock.now(), ...ann });
});
afterAll(() => server.close());

describe('S4 bad tokens open nothing', () => {
  test('there are 24 of them', () => {
    expect(bad).toHaveLength(24);
  });

  test.each(Array.from({ length: 24 }, (_, n) => n))('number %i', async (n) => {
    const [what, token] = bad[n] ?? ['', ''];
    const { reply, status } = await server.call('/api/account', { headers: { authorization: `Bearer ${token}` } });
    expect([what, status, reply.ok === false && reply.error.code]).toEqual([what, 401, 'unauthenticated']);
    await expect(server.connectWith(handshakeOf(token)), what).rejects.toMatchObject({
      failure: { code: 'unauthenticated' },
    });
  });

  test.each(['', 'Bearer', 'Basic YTpi', 'bearer', 'Bearer a b'])('the header "%s"', async (authorization) => {
    expect((await server.call('/api/account', { headers: { authorization } })).status).toBe(401);
  });
});

test('S4 a token that has expired says so, over both roads', async () => {
  const ann = await server.register('Ann');
  clock.advance(15 * 60_000);
  const { reply } = await server.call('/api/account', { token: ann.accessToken });
  expect(reply).toMatchObject({ error: { code: 'token_expired' } });
  await expect(server.connect(ann)).rejects.toMatchObject({ failure: { code: 'token_expired' } });
});

test('S4 a token of another server is nothing here', async () => {
  const other = await startTestServer();
  const ann = await other.register('Ann');
  expect((await server.call('/api/account', { token: ann.accessToken })).status).toBe(401);
  await other.close();
});

describe('the handshake', () => {
  test.each([
    ['no auth at all', undefined, 'unauthenticated'],
    ['a token that is no text', { token: 7, protocol: 1 }, 'unauthenticated'],
    ['a token that is a list', { token: ['x'], protocol: 1 }, 'unauthenticated'],
    ['a token far too long', { token: 'x'.repeat(5_000), protocol: 1 }, 'invalid_request'],
    ['no protocol', { token: 'x' }, 'invalid_request'],
    ['a protocol before the oldest', { token: 'x', protocol: 0 }, 'client_too_old'],
    ['a protocol to come', { token: 'x', protocol: { current: 9, oldestAccepted: 8 } }, 'server_too_old'],
  ])('%s', async (_what, auth, code) => {
    await expect(server.connectWith(auth)).rejects.toMatchObject({ failure: { code } });
  });

  test('a newer client that still accepts this server gets in', async () => {
    const ann = await server.register('Ann');
    const socket = await server.connectWith({ token: ann.accessToken, protocol: { current: 9, oldestAccepted: 1 } });
    expect(socket.raw.connected).toBe(true);
  });
});
