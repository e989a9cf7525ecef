import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestClock } from '../../testing/test-clock.ts';
import { newcomer, type TestPerson } from '../../testing/test-person.ts';
import { startTestServer, type TestServer } from '../../testing/start-test-server.ts';

const clock = createTestClock();
let server: TestServer;
let ann: TestPerson;
beforeAll(async () => {
  server = await startTestServer({ config: { trustedProxies: ['loopback'] }, overrides: { clock } });
});
beforeEach(async () => {
  ann = await server.register('Ann');
});
afterAll(() => server.close());

let lastNetwork = 0;
function newAddress(): string {
  lastNetwork += 1;
  return `198.51.${lastNetwork >> 8}.${lastNetwork & 255}`;
}

interface Attempt {
  email?: string;
  password?: string;
  address: string;
  deviceId?: string;
}
function logIn({ email = ann.email, password = 'wrong password', address, deviceId }: Attempt) {
  const device = newcomer().device;
  const body = { email, password, device: { ...device, deviceId: deviceId ?? device.deviceId } };
  return server.call('/api/auth/login', { body, headers: { 'x-forwarded-for': address } });
}
async function codesOf(tries: number, attempt: Attempt): Promise<string[]> {
  const codes: string[] = [];
  for (let n = 0; n < tries; n += 1) {
    const { reply } = await logIn(attempt);
    codes.push(reply.ok ? 'ok' : reply.error.code);
  }
  return codes;
}
const times = (count: number, code: string) => Array.from({ length: count }, () => code);

test('S2 after six wrong tries one waits, and is told how long', async () => {
  const address = newAddress();
  expect(await codesOf(7, { address })).toEqual([...times(6, 'wrong_credentials'), 'rate_limited']);
  const { reply, status, headers } = await logIn({ address });
  expect(status).toBe(429);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  expect(reply.ok === false && reply.error.retryAfterMs).toBeLessThanOrEqual(2_000);
});

test('S2 each wrong try doubles the wait; what was refused does not', async () => {
  const address = newAddress();
  await codesOf(20, { address });
  clock.advance(2_001);
  expect(await codesOf(2, { address })).toEqual(['wrong_credentials', 'rate_limited']);
  clock.advance(2_001);
  expect(await codesOf(1, { address })).toEqual(['rate_limited']);
  clock.advance(2_000);
  expect(await codesOf(1, { address })).toEqual(['wrong_credentials']);
});

test('S2 tries made at once count as many', async () => {
  const address = newAddress();
  const answers = await Promise.all(Array.from({ length: 60 }, () => logIn({ address })));
  const codes = answers.map(({ reply }) => (reply.ok ? 'ok' : reply.error.code));
  expect(codes.filter((code) => code === 'wrong_credentials').length).toBeLessThanOrEqual(6);
});

test('S2 S3 an address nobody has waits the same', async () => {
  const email = 'nobody.at.all@example.org';
  expect(await codesOf(7, { email, address: newAddress() })).toEqual([
    ...times(6, 'wrong_credentials'),
    'rate_limited',
  ]);
});

test('S2 a wait outlives a restart', async () => {
  const address = newAddress();
  await codesOf(7, { address });
  await server.crash();
  await server.restart();
  expect(await codesOf(1, { address })).toEqual(['rate_limited']);
});

test('S2 nobody is kept out by what others do: the first try from a network of one’s own is always looked at', async () => {
  for (let n = 0; n < 60; n += 1) await logIn({ address: newAddress() });
  expect(await codesOf(1, { address: newAddress(), password: ann.password })).toEqual(['ok']);
});

test('S2 an account under attack gives each new network one try', async () => {
  for (let n = 0; n < 60; n += 1) await logIn({ address: newAddress() });
  expect(await codesOf(3, { address: newAddress() })).toEqual([
    'wrong_credentials',
    'wrong_credentials',
    'rate_limited',
  ]);
});

test('S2 whoever guesses at many accounts waits; a device that is known behind the same address does not', async () => {
  const address = newAddress();
  const { deviceId } = ann;
  await logIn({ address: newAddress(), password: ann.password, deviceId });
  for (let n = 0; n < 40; n += 1) await logIn({ address, email: `guess${n}@example.org` });
  expect(await codesOf(1, { address, email: 'another@example.org' })).toEqual(['rate_limited']);
  expect(await codesOf(1, { address, password: ann.password, deviceId })).toEqual(['ok']);
});

test('S2 all addresses of one IPv6 customer count as one', async () => {
  for (let n = 0; n < 6; n += 1) await logIn({ address: `2001:db8:77:1::${n + 1}` });
  expect(await codesOf(1, { address: '2001:db8:77:1:aaaa::9' })).toEqual(['rate_limited']);
  expect(await codesOf(1, { address: '2001:db8:77:2::9' })).toEqual(['wrong_credentials']);
});

test('S2 an address is believed only from a configured proxy', async () => {
  const plain = await startTestServer();
  const ben = await plain.register('Ben');
  const codes: string[] = [];
  for (let n = 0; n < 8; n += 1) {
    const body = { email: ben.email, password: 'wrong password', device: newcomer().device };
    const { reply } = await plain.call('/api/auth/login', { body, headers: { 'x-forwarded-for': newAddress() } });
    codes.push(reply.ok ? 'ok' : reply.error.code);
  }
  expect(codes.at(-1)).toBe('rate_limited');
  await plain.close();
});

test('S2 registrations from one network are counted', async () => {
  const strict = await startTestServer({ config: { registrationsPerHour: 2 } });
  const codes: string[] = [];
  for (let n = 0; n < 3; n += 1) {
    const { reply } = await strict.call('/api/auth/register', { body: newcomer() });
    codes.push(reply.ok ? 'ok' : reply.error.code);
  }
  expect(codes).toEqual(['ok', 'ok', 'rate_limited']);
  await strict.close();
});
