import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createTestClock } from '../../testing/test-clock.ts';
import type { TestPerson } from '../../testing/test-person.ts';
import { startTestServer, type TestServer } from '../../testing/start-test-server.ts';

const clock = createTestClock();
let server: TestServer;
let ann: TestPerson;
beforeAll(async () => {
  server = await startTestServer({ overrides: { clock } });
});
beforeEach(async () => {
  ann = await server.register('Ann');
});
afterAll(() => server.close());

async function refresh(refreshToken: string): Promise<{ code: string; refreshToken: string; accessToken: string }> {
  const { reply } = await server.call('/api/auth/refresh', { body: { refreshToken } });
  if (!reply.ok) return { code: reply.error.code, refreshToken: '', accessToken: '' };
  const tokens = reply.data['tokens'] as { refreshToken: string; accessToken: string };
  return { code: 'ok', ...tokens };
}

test('S5 each refresh gives another token, and the newest goes on', async () => {
  let token = ann.refreshToken;
  const seen = new Set([token]);
  for (let n = 0; n < 5; n += 1) {
    ({ refreshToken: token } = await refresh(token));
    seen.add(token);
  }
  expect(seen.size).toBe(6);
});

test('S5 inside the grace the same successor is handed out again', async () => {
  const first = await refresh(ann.refreshToken);
  clock.advance(19_000);
  const again = await refresh(ann.refreshToken);
  expect(again.refreshToken).toBe(first.refreshToken);
  expect((await refresh(again.refreshToken)).code).toBe('ok');
});

test('S5 a device whose answer was lost gets the same successor, however long it was away', async () => {
  const first = await refresh(ann.refreshToken);
  clock.advance(24 * 3_600_000);
  expect((await refresh(ann.refreshToken)).refreshToken).toBe(first.refreshToken);
});

test('S5 after the grace a token whose successor is in use ends the session and closes its sockets', async () => {
  clock.advance(1_000);
  const next = await refresh(ann.refreshToken);
  clock.advance(1_000);
  const socket = await server.connect(next);
  await socket.demand('hello', {});
  clock.advance(21_000);
  expect((await refresh(ann.refreshToken)).code).toBe('refresh_reused');
  expect(await socket.next('session.ended')).toMatchObject({ error: { code: 'refresh_reused' } });
  await socket.closed;
  expect((await refresh(next.refreshToken)).code).toBe('session_revoked');
  expect((await server.call('/api/account', { token: next.accessToken })).reply).toMatchObject({
    error: { code: 'session_revoked' },
  });
});

describe('S5 a browser that is killed comes back with a cookie it had on its disk', () => {
  const origin = () => ({ origin: server.url });
  async function open(cookie: string) {
    const answer = await server.call('/api/auth/refresh', { body: {}, headers: { ...origin(), cookie } });
    const code = answer.reply.ok ? 'ok' : answer.reply.error.code;
    const [pair = cookie] = (answer.headers.get('set-cookie') ?? cookie).split(';');
    return { code, pair, reply: answer.reply };
  }
  type Answer = Awaited<ReturnType<typeof open>>['reply'];
  const tokenIn = (reply: Answer) =>
    (reply as unknown as { data: { tokens: { accessToken: string } } }).data.tokens.accessToken;
  async function connectWith(reply: Answer) {
    const socket = await server.connect({ accessToken: tokenIn(reply) });
    await socket.demand('hello', {});
    return socket;
  }
  async function signIn(): Promise<string> {
    const { email, password, deviceId } = ann;
    const body = { email, password, device: { deviceId, name: 'Browser', keeps: 'cookie' } };
    const { headers } = await server.call('/api/auth/login', { body, headers: origin() });
    return headers.get('set-cookie')?.split(';')[0] ?? '';
  }

  test('S5 after two openings within a minute too, and however long it was away', async () => {
    const onDisk = await signIn();
    clock.advance(3_600_000);
    const first = await open(onDisk);
    await connectWith(first.reply);
    clock.advance(25_000);
    const second = await open(first.pair);
    await connectWith(second.reply);
    expect([first.code, second.code]).toEqual(['ok', 'ok']);
    clock.advance(24 * 3_600_000);
    expect((await open(onDisk)).code).toBe('ok');
  });

  test('S5 but a copy of it is found out once the browser has had the time to keep the next one', async () => {
    const copied = await signIn();
    clock.advance(3_600_000);
    const next = await open(copied);
    expect(next.pair).not.toBe(copied);
    const socket = await connectWith(next.reply);
    clock.advance(61_000);
    const sessions = async () => (await server.call('/api/sessions', { token: tokenIn(next.reply) })).text;
    const before = await sessions();
    socket.close();
    await vi.waitFor(async () => expect(await sessions()).not.toBe(before));
    expect((await open(copied)).code).toBe('refresh_reused');
    expect((await open(next.pair)).code).toBe('session_revoked');
  });
});

test('S5 two generations back is reuse, even inside the grace', async () => {
  const second = await refresh(ann.refreshToken);
  await refresh(second.refreshToken);
  expect((await refresh(ann.refreshToken)).code).toBe('refresh_reused');
});

test('S5 a thousand at once all get the one successor', async () => {
  const answers = [];
  for (let round = 0; round < 20; round += 1) {
    answers.push(...(await Promise.all(Array.from({ length: 50 }, () => refresh(ann.refreshToken)))));
  }
  expect(new Set(answers.map(({ code }) => code))).toEqual(new Set(['ok']));
  expect(new Set(answers.map(({ refreshToken }) => refreshToken)).size).toBe(1);
});

test('S5 killed between the answer and saving it: the device comes back with the old token and goes on', async () => {
  await refresh(ann.refreshToken);
  await server.crash();
  await server.restart();
  const recovered = await refresh(ann.refreshToken);
  expect(recovered.code).toBe('ok');
  expect((await refresh(recovered.refreshToken)).code).toBe('ok');
});

describe('S5 a token the server did not make is nothing', () => {
  const changes: [string, (parts: string[]) => string[]][] = [
    ['a later generation', ([id = '', , mac = '']) => [id, '2', mac]],
    ['an earlier generation', ([id = '', , mac = '']) => [id, '0', mac]],
    ['another mac', ([id = '', generation = '']) => [id, generation, 'A'.repeat(43)]],
    ['another session', ([, generation = '', mac = '']) => ['018f0000-0000-7000-8000-000000000099', generation, mac]],
    ['no parts', () => ['not-a-refresh-token-at-all']],
    ['a number too long', ([id = '', , mac = '']) => [id, '9'.repeat(30), mac]],
  ];
  test.each(changes)('%s', async (_what, change) => {
    expect((await refresh(change(ann.refreshToken.split('.')).join('.'))).code).toBe('unauthenticated');
    expect((await refresh(ann.refreshToken)).code).toBe('ok');
  });
});

test('S5 nothing that is stored is a token', async () => {
  expect((await refresh(ann.sessionId.padEnd(43, 'A'))).code).toBe('unauthenticated');
});
