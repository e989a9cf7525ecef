import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newcomer } from '../../testing/test-person.ts';
import { startTestServer, type TestServer } from '../../testing/start-test-server.ts';

let server: TestServer;
let secure: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  secure = await startTestServer({ config: { publicUrl: 'https://chat.example.org', registration: 'open' } });
});
afterAll(async () => {
  await server.close();
  await secure.close();
});

const own = () => new URL(server.url).origin;
const foreign = [
  'https://evil.example',
  'null',
  'http://localhost',
  'http://localhost:1',
  'https://localhost:7440',
  'http://localhost.evil.example:7440',
  'file://',
  'http://LOCALHOST',
];

describe('S9 S20 pages of other origins', () => {
  test.each(foreign)('%s gets nothing over HTTP', async (origin) => {
    const { status, reply, headers } = await server.call('/api/server', { headers: { origin } });
    expect([status, reply.ok === false && reply.error.code]).toEqual([403, 'origin_not_allowed']);
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  test.each(foreign)('%s opens no socket, with a good token too', async (origin) => {
    const ann = await server.register('Ann');
    await expect(server.connectWith({ token: ann.accessToken, protocol: 1 }, { origin })).rejects.toThrow(
      'websocket error',
    );
  });

  test('its own pages may', async () => {
    const ann = await server.register('Ann');
    const { headers } = await server.call('/api/server', { headers: { origin: own() } });
    expect(headers.get('access-control-allow-origin')).toBe(own());
    const socket = await server.connectWith({ token: ann.accessToken, protocol: 1 }, { origin: own() });
    expect(socket.raw.connected).toBe(true);
  });

  test('where the server has a public address, the pages of that address may, and are answered exactly', async () => {
    const allowed = await secure.call('/api/server', { headers: { origin: 'https://chat.example.org' } });
    expect(allowed.status).toBe(200);
    const other = await secure.call('/api/server', { headers: { origin: 'http://chat.example.org' } });
    expect(other.status).toBe(403);
  });
});

describe('S9 a browser’s refresh token', () => {
  const inBrowser = () => {
    const sent = newcomer();
    return { ...sent, device: { ...sent.device, keeps: 'cookie' as const } };
  };
  async function signUp(at: TestServer, origin: string) {
    const { headers, reply, text } = await at.call('/api/auth/register', { body: inBrowser(), headers: { origin } });
    const cookie = headers.get('set-cookie') ?? '';
    return { cookie, pair: cookie.split(';')[0] ?? '', reply, text };
  }
  const refresh = (pair: string, headers: Record<string, string>, body: unknown = {}) =>
    server.call('/api/auth/refresh', { body, headers: { cookie: pair, ...headers } });

  test('lies in a cookie no script can read, and not in the body', async () => {
    const { cookie, text, pair } = await signUp(secure, 'https://chat.example.org');
    expect(cookie).toMatch(/^__Host-parley-refresh=.*; Path=\/; HttpOnly; Secure; SameSite=Strict$/i);
    expect(text).not.toContain(pair.split('=')[1] ?? 'nothing');
    expect(text).not.toContain('refreshToken');
  });

  test('over plain http on loopback the cookie has no prefix', async () => {
    const { cookie } = await signUp(server, own());
    expect(cookie).toMatch(/^parley-refresh=.*HttpOnly; SameSite=Strict$/i);
  });

  test('is set again with what comes for it; another one only after a minute', async () => {
    const { pair } = await signUp(server, own());
    const { reply, headers } = await refresh(pair, { origin: own() });
    expect(reply.ok).toBe(true);
    expect(headers.get('set-cookie')).toContain(pair);
  });

  test('counts only beside an origin of ours and as JSON', async () => {
    const { pair } = await signUp(server, own());
    expect((await refresh(pair, {})).status).toBe(401);
    expect((await refresh(pair, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await refresh(pair, { origin: own(), 'content-type': 'text/plain' }, '{}')).status).toBe(415);
    const bodiless = await server.call('/api/auth/refresh', {
      method: 'POST',
      headers: { cookie: pair, origin: own() },
    });
    expect(bodiless.status).toBe(401);
  });

  test('counts nowhere else', async () => {
    const { pair } = await signUp(server, own());
    const token = pair.split('=')[1] ?? '';
    expect((await server.call('/api/auth/refresh', { body: { refreshToken: token } })).status).toBe(401);
    const ann = await server.register('Ann');
    expect((await refresh(`parley-refresh=${ann.refreshToken}`, { origin: own() })).status).toBe(401);
  });

  test('goes when its holder signs out', async () => {
    const { pair, reply } = await signUp(server, own());
    const { accessToken } = (reply.ok ? reply.data['tokens'] : {}) as { accessToken: string };
    const { headers } = await server.call('/api/auth/logout', { token: accessToken, body: {} });
    expect(headers.get('set-cookie')).toContain('parley-refresh=;');
    expect((await refresh(pair, { origin: own() })).reply).toMatchObject({ error: { code: 'session_revoked' } });
  });
});
