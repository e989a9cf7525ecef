import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { openSqliteStorage } from './storage/sqlite/sqlite-storage.ts';
import { StorageUnavailable, type Storage } from './storage/port/storage.ts';
import { sqlitePathOf, testConfig } from './testing/test-config.ts';
import { startTestServer, type TestServer } from './testing/start-test-server.ts';

let server: TestServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const id = '018f0000-0000-7000-8000-00000000000a';
async function storageFor(dataDir: string): Promise<Storage> {
  const config = testConfig(dataDir);
  return openSqliteStorage({
    path: sqlitePathOf(config),
    key: config.secrets.databaseKey,
    mint: { serverId: id, epoch: id },
  });
}

test('everybody is told when to come back, and what was asked before is answered', async () => {
  server = await startTestServer();
  const sockets = [];
  for (const name of ['Ann', 'Ben', 'Cem']) sockets.push(await server.connect(await server.register(name)));
  const asked = sockets.map((socket) => socket.ask('listSessions', {}));
  await Promise.all(asked);
  const stopping = server.stop();
  const told = await Promise.all(sockets.map((socket) => socket.next('server.stopping')));
  for (const fact of told) expect((fact as { reconnectInMs: number }).reconnectInMs).toBeGreaterThan(0);
  const reasons = await Promise.all(sockets.map(({ closed }) => closed));
  // Not "io server disconnect", after which a Socket.IO client stays away.
  expect(new Set(reasons)).toEqual(new Set(['transport close']));
  await stopping;
  await server.restart();
  expect((await server.call('/health/ready')).status).toBe(200);
});

test('those who are told to come back do not come all at once', async () => {
  server = await startTestServer();
  const ann = await server.register('Ann');
  const { connect } = server;
  const sockets = await Promise.all(Array.from({ length: 20 }, () => connect(ann)));
  const told = sockets.map((socket) => socket.next('server.stopping') as Promise<{ reconnectInMs: number }>);
  await server.stop();
  const delays = (await Promise.all(told)).map(({ reconnectInMs }) => reconnectInMs);
  expect(Math.max(...delays) - Math.min(...delays)).toBeGreaterThan(1_000);
  await server.restart();
});

test('what does not come to an end is cut off', async () => {
  const first = await startTestServer();
  server = first;
  const ann = await first.register('Ann');
  await first.stop();
  const real = await storageFor(first.dataDir);
  const sessions: Storage['sessions'] = { ...real.sessions, listActive: () => new Promise(() => {}) };
  const stuck = await startTestServer({
    dataDir: first.dataDir,
    config: { drainMs: 50 },
    overrides: { storage: { ...real, sessions } },
  });
  const socket = await stuck.connect(ann);
  const answer = socket.ask('listSessions', {});
  await Promise.all([stuck.close(), expect(answer).rejects.toThrow('Closed')]);
  await first.restart();
});

test('a connection on which nothing was asked does not hold up the end', async () => {
  const { url, stop, restart } = (server = await startTestServer());
  const reserve = connect(Number(new URL(url).port), 'localhost');
  await once(reserve, 'connect');
  const ended = once(reserve, 'close');
  await stop();
  expect(await ended).toEqual([false]);
  await restart();
});

test('while it drains a request in hand is finished, nothing new is begun, and it is not ready', async () => {
  const first = await startTestServer();
  server = first;
  const ann = await first.register('Ann');
  await first.stop();

  const real = await storageFor(first.dataDir);
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  let entered = () => {};
  const inHand = new Promise<void>((resolve) => (entered = resolve));
  const sessions: Storage['sessions'] = {
    ...real.sessions,
    listActive: async (userId) => {
      entered();
      await held;
      return real.sessions.listActive(userId);
    },
  };
  const slow = await startTestServer({ dataDir: first.dataDir, overrides: { storage: { ...real, sessions } } });
  const socket = await slow.connect(ann);
  const answer = socket.ask('listSessions', {});
  await inHand;
  const stopping = slow.close();
  await socket.next('server.stopping');
  expect(await socket.ask('getAccount', {})).toMatchObject({ ok: false, error: { code: 'unavailable' } });
  const ready = await slow.call('/health/ready');
  expect([ready.status, ready.reply]).toEqual([503, { ok: true, data: { status: 'draining' } }]);
  expect((await slow.call('/health/live')).status).toBe(200);
  release();
  expect(await answer).toMatchObject({ ok: true });
  await stopping;
  await first.restart();
});

test('a storage that fails is answered `unavailable`, and the server is not ready', async () => {
  const first = await startTestServer();
  server = first;
  const ann = await first.register('Ann');
  await first.stop();
  const real = await storageFor(first.dataDir);
  const fail = () => Promise.reject(new StorageUnavailable('The disk is full'));
  const failing: Storage = { ...real, accounts: { ...real.accounts, readAccounts: fail }, check: fail };
  const broken = await startTestServer({ dataDir: first.dataDir, overrides: { storage: failing } });
  const { status, reply, headers } = await broken.call('/api/account', { token: ann.accessToken });
  expect([status, reply.ok === false && reply.error.code, headers.get('retry-after')]).toEqual([
    503,
    'unavailable',
    '2',
  ]);
  expect((await broken.call('/health/ready')).status).toBe(503);
  await broken.close();
  await first.restart();
});

test('a defect is answered `internal`, without its words', async () => {
  const first = await startTestServer();
  server = first;
  const ann = await first.register('Ann');
  await first.stop();
  const real = await storageFor(first.dataDir);
  const accounts: Storage['accounts'] = {
    ...real.accounts,
    readAccounts: () => Promise.reject(new TypeError('secret words')),
  };
  const broken = await startTestServer({ dataDir: first.dataDir, overrides: { storage: { ...real, accounts } } });
  const { status, text } = await broken.call('/api/account', { token: ann.accessToken });
  expect(status).toBe(500);
  expect(text).toContain('"internal"');
  expect(text).not.toContain('secret words');
  await broken.close();
  await first.restart();
});

test('a second server on the same data says so', async () => {
  const first = await startTestServer();
  server = first;
  await expect(startTestServer({ dataDir: first.dataDir })).rejects.toThrow(
    'Another Parley server is running on this data',
  );
});
