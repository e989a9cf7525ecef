import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { v7 as mintUuid } from 'uuid';
import { newcomer } from '../../testing/test-person.ts';
import { startTestServer, type TestServer } from '../../testing/start-test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const codeOf = (reply: { ok: boolean; error?: { code: string } }) => (reply.ok ? 'ok' : reply.error?.code);
const register = async (changes: object) =>
  (await server.call('/api/auth/register', { body: { ...newcomer(), ...changes } })).reply;

describe('registering', () => {
  test('S1 a password has 8 to 256 characters', async () => {
    expect(codeOf(await register({ password: 'sévèn 7' }))).toBe('password_too_weak');
    expect(codeOf(await register({ password: 'eight 8!' }))).toBe('ok');
    expect(codeOf(await register({ password: `${'long '.repeat(51)}!` }))).toBe('ok');
    expect(codeOf(await register({ password: `${'long '.repeat(51)}!!` }))).toBe('password_too_weak');
    expect(codeOf(await register({ password: '🐫🐪🦙🐘🦏🦛🐭🐁' }))).toBe('ok');
  });

  test('S1 a well-known password is refused', async () => {
    expect(codeOf(await register({ password: 'Password123' }))).toBe('password_too_weak');
  });

  test('an address is taken once, in whatever case it is written, even at once', async () => {
    const sent = newcomer();
    const upper = { ...sent, email: sent.email.toUpperCase() };
    const answers = await Promise.all(
      [sent, upper, sent, upper].map((body) => server.call('/api/auth/register', { body })),
    );
    const codes = answers.map(({ reply }) => codeOf(reply));
    expect(codes.filter((code) => code === 'ok')).toHaveLength(1);
    expect(codes.filter((code) => code === 'email_taken')).toHaveLength(3);
  });

  test('S3 where registration is closed everybody hears the same', async () => {
    const closed = await startTestServer({ config: { registration: 'closed' } });
    const { reply, status } = await closed.call('/api/auth/register', { body: newcomer() });
    expect([status, codeOf(reply)]).toEqual([403, 'registration_closed']);
    await closed.close();
  });
});

test('S3 an unknown address and a wrong password get the same answer', async () => {
  const ann = await server.register();
  const { device } = newcomer();
  const wrong = await server.call('/api/auth/login', { body: { email: ann.email, password: 'not hers', device } });
  const unknown = await server.call('/api/auth/login', {
    body: { email: 'x@example.org', password: 'not hers', device },
  });
  const plain = (answer: typeof wrong) => [answer.status, answer.text, [...answer.headers.keys()]];
  expect(plain(wrong)).toEqual(plain(unknown));
  expect(codeOf(wrong.reply)).toBe('wrong_credentials');
});

describe('S6 sessions', () => {
  test('are listed with their devices', async () => {
    const ann = await server.register('Ann');
    const phone = await server.signIn(ann);
    const { reply } = await server.call('/api/sessions', { token: ann.accessToken });
    const sessions = reply.ok ? (reply.data['sessions'] as { sessionId: string; isCurrent: boolean }[]) : [];
    const current = sessions.filter(({ isCurrent }) => isCurrent).map(({ sessionId }) => sessionId);
    expect(sessions.map(({ sessionId }) => sessionId).toSorted()).toEqual([ann.sessionId, phone.sessionId].toSorted());
    expect(current).toEqual([ann.sessionId]);
  });

  test('S7 that are revoked lose their sockets and everything else', async () => {
    const ann = await server.register('Ann');
    const phone = await server.signIn(ann);
    const socket = await server.connect(phone);
    await server.call(`/api/sessions/${phone.sessionId}`, { method: 'DELETE', token: ann.accessToken });
    expect(await socket.next('session.ended')).toMatchObject({ error: { code: 'session_revoked' } });
    await socket.closed;
    expect(codeOf((await server.call('/api/account', { token: phone.accessToken })).reply)).toBe('session_revoked');
    await expect(server.connect(phone)).rejects.toMatchObject({ failure: { code: 'session_revoked' } });
    expect(codeOf((await server.call('/api/account', { token: ann.accessToken })).reply)).toBe('ok');
  });

  test('of others cannot be revoked, nor told from those that never were', async () => {
    const ann = await server.register('Ann');
    const ben = await server.register('Ben');
    const asked = await server.call(`/api/sessions/${ben.sessionId}`, { method: 'DELETE', token: ann.accessToken });
    const made = await server.call(`/api/sessions/${mintUuid()}`, { method: 'DELETE', token: ann.accessToken });
    expect([asked.status, asked.text]).toEqual([made.status, made.text]);
    expect(codeOf((await server.call('/api/account', { token: ben.accessToken })).reply)).toBe('ok');
  });

  test('signing out ends this one', async () => {
    const ann = await server.register('Ann');
    const socket = await server.connect(ann);
    expect(codeOf((await server.call('/api/auth/logout', { token: ann.accessToken, body: {} })).reply)).toBe('ok');
    await socket.closed;
    expect(codeOf((await server.call('/api/account', { token: ann.accessToken })).reply)).toBe('session_revoked');
  });

  test('a device that signs in again has one session', async () => {
    const ann = await server.register('Ann');
    const again = await server.signIn(ann, ann.deviceId);
    expect(codeOf((await server.call('/api/account', { token: ann.accessToken })).reply)).toBe('session_revoked');
    expect(codeOf((await server.call('/api/account', { token: again.accessToken })).reply)).toBe('ok');
  });

  test('S7 a session revoked while its sockets connect keeps none of them', async () => {
    const ann = await server.register('Ann');
    for (let round = 0; round < 20; round += 1) {
      const phone = await server.signIn(ann);
      const connecting = server.connect(phone).then(
        (socket) => socket.closed.then(() => 'closed'),
        () => 'refused',
      );
      await server.call(`/api/sessions/${phone.sessionId}`, { method: 'DELETE', token: ann.accessToken });
      expect(['closed', 'refused']).toContain(await connecting);
    }
  });
});

describe('changing a name', () => {
  const rename = (token: string, id: string, name: string) =>
    server.call('/api/account/profile', { method: 'PATCH', token, body: { id, name } });

  test('D1 a retry of an older change gets the first answer and undoes nothing', async () => {
    const ann = await server.register('Ann');
    const [first, second] = [mintUuid(), mintUuid()];
    const answer = await rename(ann.accessToken, first, 'Anna');
    await rename(ann.accessToken, second, 'Annabel');
    expect((await rename(ann.accessToken, first, 'Anna')).text).toBe(answer.text);
    const { reply } = await server.call('/api/account', { token: ann.accessToken });
    expect(reply).toMatchObject({ data: { profile: { name: 'Annabel', version: 3 } } });
  });

  test('D1 the id of somebody else’s change is refused', async () => {
    const [ann, ben] = [await server.register('Ann'), await server.register('Ben')];
    const id = mintUuid();
    await rename(ann.accessToken, id, 'Anna');
    const { reply, status } = await rename(ben.accessToken, id, 'Benno');
    expect([status, codeOf(reply)]).toEqual([409, 'intent_of_another']);
  });

  test('many at once take one version each', async () => {
    const ann = await server.register('Ann');
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => rename(ann.accessToken, mintUuid(), `Ann ${n}`)),
    );
    const versions = answers.map(({ reply }) => (reply.ok ? reply.data['version'] : codeOf(reply)));
    expect(new Set(versions)).toEqual(new Set([2, 3, 4, 5, 6, 7, 8, 9]));
  });
});
