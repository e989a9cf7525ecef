import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../server/testing/start-test-server.ts';
import { openTestSocket, handshakeOf } from '../../server/testing/test-socket.ts';
import { findNginx } from './find-nginx.ts';
import { startNginx, type RunningNginx } from './start-nginx.ts';

const nginx = await findNginx();
const trusted = getCACertificates();

describe.skipIf('missing' in nginx)('behind the nginx that is deployed', () => {
  let proxy: RunningNginx | undefined;
  const servers: TestServer[] = [];
  afterEach(async () => {
    await proxy?.stop();
    proxy = undefined;
    for (const server of servers.splice(0)) await server.close();
    setDefaultCACertificates(trusted);
  });

  async function start(count: number): Promise<RunningNginx> {
    const config = { publicUrl: 'https://localhost', trustedProxies: ['loopback'], metricsToken: 'one-who-may-see-it' };
    for (let index = 0; index < count; index += 1) servers.push(await startTestServer({ config }));
    const ports = servers.map(({ url }) => Number(new URL(url).port));
    proxy = await startNginx('command' in nginx ? nginx.command : '', ports);
    setDefaultCACertificates([...trusted, proxy.certificate]);
    return proxy;
  }

  test('people talk over TLS, everything else is sent there, and numbers stay inside', async () => {
    const { url, plainUrl } = await start(1);
    const person = await servers[0]?.register('Ann');
    const socket = await openTestSocket(url, handshakeOf(person?.accessToken ?? ''));
    expect(await socket.ask('listSessions', {})).toMatchObject({ ok: true });
    socket.close();
    const ready = await fetch(`${url}/health/ready`);
    expect([ready.status, ready.headers.has('strict-transport-security')]).toEqual([200, true]);
    const moved = await fetch(`${plainUrl}/chat?x=1`, { redirect: 'manual' });
    expect([moved.status, moved.headers.get('location')]).toEqual([308, 'https://localhost/chat?x=1']);
    const headers = { authorization: 'Bearer one-who-may-see-it' };
    for (const path of ['/metrics', '/metrics/', '/Metrics', '//METRICS//', '/%6Detrics?x'])
      expect([path, (await fetch(`${url}${path}`, { headers })).status]).toEqual([path, 404]);
  });

  test('a server that is gone is not missed', async () => {
    const { url } = await start(2);
    await servers[0]?.stop();
    for (let tries = 0; tries < 4; tries += 1) expect((await fetch(`${url}/health/live`)).status).toBe(200);
    await servers[0]?.restart();
  });

  test('servers that were gone and are back take all sockets at once', async () => {
    const { url } = await start(2);
    const person = await servers[0]?.register('Ann');
    for (const server of servers) await server.stop();
    expect((await fetch(`${url}/health/live`)).status).toBe(502);
    await servers[0]?.restart();
    const opening = Array.from({ length: 5 }, () => openTestSocket(url, handshakeOf(person?.accessToken ?? '')));
    for (const socket of await Promise.all(opening)) socket.close();
    await servers[1]?.restart();
  });

  test('a mistake in the configuration is told', async () => {
    await expect(startNginx('command' in nginx ? nginx.command : '', [])).rejects.toThrow(
      'no servers are inside upstream',
    );
  });
});
