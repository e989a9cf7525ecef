import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { writeMetricsReference } from './reference.ts';

let server: TestServer | undefined;
afterEach(() => server?.close());

const token = 'one-who-may-see-numbers';

test('docs/metrics.md is up to date; if not: npm run reference', () => {
  const path = join(import.meta.dirname, '..', '..', 'docs', 'metrics.md');
  expect(readFileSync(path, 'utf8')).toBe(writeMetricsReference());
});

test('whoever has the token sees what was asked, how it ended and who is connected', async () => {
  const { url, register, connect } = (server = await startTestServer({ config: { metricsToken: token } }));
  const see = async () => (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } })).text();
  const socket = await connect(await register('Ann'));
  await socket.ask('listSessions', {});
  await socket.ask('addContact', {} as never);
  const numbers = await see();
  expect(numbers).toContain('parley_requests_total{operation="sessions.list",outcome="ok"} 1');
  expect(numbers).toContain('outcome="invalid_request"} 1');
  expect(numbers).toContain('parley_request_duration_seconds_count{operation="auth.register"} 1');
  expect(numbers).toContain('parley_sockets 1');
  expect(numbers).not.toMatch(/Ann|@/);
  socket.close();
  await vi.waitFor(async () => expect(await see()).toContain('parley_sockets 0'));
});

test('nobody else does', async () => {
  const { call } = (server = await startTestServer({ config: { metricsToken: token } }));
  for (const wrong of [undefined, token.slice(1), `${token}x`]) {
    const { status, headers } = await call('/metrics', wrong === undefined ? {} : { token: wrong });
    expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  }
});

test('without a token there is no such page', async () => {
  const { call } = (server = await startTestServer());
  expect((await call('/metrics')).status).toBe(404);
});
