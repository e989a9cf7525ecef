import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from './start-test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

test('somebody who registers can connect and is told who they are', async () => {
  const ann = await server.register('Ann');
  const socket = await server.connect(ann);
  const hello = await socket.demand('hello', {});
  expect(hello.account).toEqual({ profile: { userId: ann.userId, name: 'Ann', version: 1 }, email: ann.email });
  expect(hello.sessionId).toBe(ann.sessionId);
  expect(Object.keys(hello.limits.rates)).toContain('messages');
});

test('what was acknowledged is there after a crash', async () => {
  const ann = await server.register('Ann');
  const before = (await server.call('/api/server')).reply;
  await server.crash();
  await server.restart();
  const socket = await server.connect(ann);
  expect((await socket.demand('hello', {})).account.email).toBe(ann.email);
  expect((await server.call('/api/server')).reply).toEqual(before);
});
