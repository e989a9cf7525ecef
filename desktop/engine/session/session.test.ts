import { beforeEach, expect, test } from 'vitest';
import { Refusal } from '../connection/ask.ts';
import { exampleId, me, noor } from '../testing/example-entities.ts';
import { settled } from '../testing/hand-clock.ts';
import { accountKey, type TestHost, testHost } from '../testing/test-account.ts';
import { Session, type SignedIn } from './session.ts';
import { normalizeAddress } from './sign-in.ts';

let host: TestHost;
let session: Session;
let asked: {
  operation: string;
  input: unknown;
  give: (value: unknown) => Promise<void>;
  refuse: (error: Error) => Promise<void>;
}[];

beforeEach(() => {
  host = testHost();
  asked = [];
  session = new Session({
    host,
    address: 'https://chat.example.org',
    accountKey,
    ask: ((_: string, operation: string, input: unknown) =>
      new Promise((resolve, reject) => {
        asked.push({
          operation,
          input,
          give: (value) => (resolve(value), settled()),
          refuse: (error) => (reject(error), settled()),
        });
      })) as never,
  });
});

function signedIn(number: number, userId = me): SignedIn {
  return {
    account: { profile: { userId, name: 'Maud', version: 1 }, email: 'maud@example.org' },
    sessionId: exampleId(3, 3),
    tokens: {
      accessToken: `access ${number}`,
      accessTokenExpiresInMs: 600_000,
      refreshToken: `refresh ${number} ...........`,
    },
  };
}

test('S a token is good until a minute before its end, by the clock that never runs backwards', async () => {
  await session.adopt(signedIn(1));
  host.clock.setWall(9_999_999_999_999);
  await host.clock.advance(539_999);
  expect(await session.accessToken(false)).toBe('access 1');
  await host.clock.advance(1);
  const renewed = session.accessToken(false);
  await settled();
  await asked[0]?.give(signedIn(2));
  expect(await renewed).toBe('access 2');
  expect(asked[0]?.input).toEqual({ refreshToken: 'refresh 1 ...........' });
  expect([...host.secrets.values()]).toEqual(['refresh 2 ...........']);
});

test('S renewing happens one at a time, and everybody gets the same', async () => {
  await session.adopt(signedIn(1));
  const all = [session.accessToken(true), session.accessToken(true), session.accessToken(true)];
  await settled();
  expect(asked).toHaveLength(1);
  await asked[0]?.give(signedIn(2));
  expect(await Promise.all(all)).toEqual(['access 2', 'access 2', 'access 2']);
});

test('S one that fails is tried anew the next time', async () => {
  await session.adopt(signedIn(1));
  const failed = session.accessToken(true);
  await settled();
  void asked[0]?.refuse(new Refusal('address_unreachable'));
  await expect(failed).rejects.toThrow('address_unreachable');
  const again = session.accessToken(true);
  await settled();
  await asked[1]?.give(signedIn(2));
  expect(await again).toBe('access 2');
});

test('D14 S an answer for somebody else is refused, and nothing of theirs is kept', async () => {
  await session.adopt(signedIn(1));
  const wrong = session.accessToken(true);
  await settled();
  void asked[0]?.give(signedIn(2, noor));
  await expect(wrong).rejects.toThrow('unauthenticated');
  expect([...host.secrets.values()]).toEqual(['refresh 1 ...........']);
});

test('S with nothing in the vault nobody is asked', async () => {
  await expect(session.accessToken(false)).rejects.toThrow('unauthenticated');
  expect(asked).toEqual([]);
});

test('S a vault that cannot keep the new token: it is not used', async () => {
  host.vault.write = () => Promise.reject(new Error('the keychain is locked'));
  await expect(session.adopt(signedIn(1))).rejects.toThrow('locked');
  await expect(session.accessToken(false)).rejects.toThrow('unauthenticated');
});

test.each([
  ['address_unreachable', 'not_connected'],
  ['unavailable', 'not_connected'],
  ['session_revoked', undefined],
] as const)('S the server says %s to a log-out: %s', async (code, refusal) => {
  await session.adopt(signedIn(1));
  const ended = session.logOut().then(
    () => undefined,
    ({ code: answer }: Refusal) => answer,
  );
  await settled();
  await asked[0]?.refuse(new Refusal(code));
  expect([await ended, asked.map(({ operation }) => operation), host.secrets.size]).toEqual([refusal, ['logout'], 1]);
});

test('S logging out with a token that has just run out renews it first', async () => {
  await session.adopt(signedIn(1));
  const ended = session.logOut();
  await settled();
  await asked[0]?.refuse(new Refusal('token_expired'));
  await asked[1]?.give(signedIn(2));
  await asked[2]?.give({});
  await ended;
  expect(asked.map(({ operation }) => operation)).toEqual(['logout', 'refresh', 'logout']);
});

test('S what is forgotten here is asked of nobody any more', async () => {
  await session.adopt(signedIn(1));
  await session.forget();
  expect(host.secrets.size).toBe(0);
  await expect(session.accessToken(false)).rejects.toThrow('unauthenticated');
});

test.each([
  [' chat.example.org/ ', 'https://chat.example.org'],
  ['HTTP://localhost:8080//', 'HTTP://localhost:8080'],
  ['https://a.example', 'https://a.example'],
])('an address as typed, %j, means %s', (typed, meant) => {
  expect(normalizeAddress(typed)).toBe(meant);
});
