import { beforeEach, describe, expect, test } from 'vitest';
import type { ConnectionView } from '../api/views.ts';
import { exampleId, hello } from '../testing/example-entities.ts';
import { settled } from '../testing/hand-clock.ts';
import { type TestHost, testHost } from '../testing/test-account.ts';
import { Refusal } from './ask.ts';
import { Connection } from './connection.ts';

let host: TestHost;
let connection: Connection;
let views: ConnectionView[];
let tokens: { renew: boolean; give: (token: string) => void; refuse: (error: unknown) => void }[];
let heartbeats: { end: () => void; fail: (error: unknown) => void }[];
let caughtUp: { end: () => void; fail: (error: unknown) => void; progress: (done: number, total: number) => void }[];
let typed: unknown[];
let greeting: Promise<void>;

const view = () => views.at(-1);
const kinds = () => views.map(({ kind }) => kind).filter((kind, index, all) => kind !== all[index - 1]);

beforeEach(() => {
  host = testHost();
  views = [];
  tokens = [];
  heartbeats = [];
  caughtUp = [];
  typed = [];
  greeting = Promise.resolve();
  connection = new Connection({
    host,
    address: 'https://chat.example.org',
    accessToken: (renew) => new Promise((give, refuse) => tokens.push({ renew, give, refuse })),
    facts: { typingChanged: (typing) => typed.push(typing) },
    greet: () => greeting,
    catchUp: (_, progress) => new Promise((end, fail) => caughtUp.push({ end, fail, progress })),
    heartbeat: () =>
      new Promise((end, fail) => {
        heartbeats.push({
          end: () => {
            connection.confirm();
            end();
          },
          fail,
        });
      }),
    changed: (next) => views.push(next),
  });
  host.socket.answers = { 'session.hello': () => hello() };
});

async function dial(token = 'token'): Promise<void> {
  tokens.at(-1)?.give(token);
  await settled();
}

async function connect(): Promise<void> {
  if (tokens.length === 0) connection.start();
  await dial();
  host.socket.link.open();
  await settled();
  caughtUp.at(-1)?.end();
  await settled();
  expect(view()?.kind).toBe('current');
}

describe('connecting', () => {
  test('D5 hello first, then the catch-up with its progress, then it is up to date', async () => {
    connection.start();
    await dial('a token');
    expect(host.socket.link).toMatchObject({ token: 'a token', address: 'https://chat.example.org' });
    expect(connection.isOpen).toBe(false);
    host.socket.link.open();
    await settled();
    expect([host.socket.asked, connection.isOpen]).toEqual([['session.hello'], true]);
    caughtUp[0]?.progress(3, 10);
    expect(view()).toEqual({ kind: 'catching-up', done: 3, total: 10 });
    caughtUp[0]?.end();
    await settled();
    expect(view()).toEqual({ kind: 'current', asOf: host.clock.now() });
    expect(kinds()).toEqual(['checking', 'catching-up', 'checking', 'current']);
  });

  test('D14 until it is known who is at the other end, nothing but hello is asked, and nothing told is taken in', async () => {
    let greeted: () => void = () => {};
    greeting = new Promise((resolve) => (greeted = resolve));
    connection.start();
    await dial();
    host.socket.link.open();
    await settled();
    const typing = { conversationId: exampleId(2, 1), userId: exampleId(1, 1), isTyping: true };
    host.socket.link.tell('typing.changed', typing);
    await expect(connection.ask('getAccount', {})).rejects.toThrow('not_connected');
    expect([connection.isOpen, host.socket.asked, typed, caughtUp]).toEqual([false, ['session.hello'], [], []]);
    greeted();
    await settled();
    host.socket.link.tell('typing.changed', typing);
    expect([connection.isOpen, typed, caughtUp.length]).toEqual([true, [typing], 1]);
  });

  test('D7 attempts that fail wait longer and longer, and start short again after a good one', async () => {
    connection.start();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 7; attempt += 1) {
      await dial();
      host.socket.link.end();
      const now = view();
      if (now?.kind !== 'no-answer') throw new Error(`It is ${now?.kind}`);
      waits.push(now.retryAt - host.clock.now());
      await host.clock.advance(now.retryAt - host.clock.now());
    }
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
    await connect();
    host.socket.link.end();
    expect(view()).toEqual({ kind: 'no-answer', retryAt: host.clock.now() + 500 });
  });

  test('D7 a server that says how long is heard, within reason', async () => {
    connection.start();
    await dial();
    host.socket.link.refuse('unavailable', 7_000);
    expect(view()).toEqual({ kind: 'no-answer', retryAt: host.clock.now() + 7_000 });
    await host.clock.advance(7_000);
    await dial();
    host.socket.link.refuse('rate_limited', 1e15);
    expect(view()).toEqual({ kind: 'no-answer', retryAt: host.clock.now() + 600_000 });
  });

  test('D12 a server that is stopping says when to come back', async () => {
    await connect();
    host.socket.link.tell('server.stopping', { reconnectInMs: 3_000 });
    host.socket.link.end();
    expect(view()).toEqual({ kind: 'no-answer', retryAt: host.clock.now() + 3_000 });
  });

  test('D7 now is now, whatever was waited for, and only once', async () => {
    connection.start();
    await dial();
    host.socket.link.refuse('unavailable', 60_000);
    connection.connectNow();
    connection.connectNow();
    expect(tokens).toHaveLength(2);
    await host.clock.advance(120_000);
    expect(tokens).toHaveLength(2);
  });

  test('what an older attempt still does is ignored', async () => {
    connection.start();
    await dial();
    const old = host.socket.link;
    old.end();
    await host.clock.advance(500);
    await dial();
    const { length } = views;
    old.open();
    old.tell('typing.changed', { conversationId: exampleId(2, 1), userId: exampleId(1, 1), isTyping: true });
    old.end();
    await settled();
    expect([views.length, typed, host.socket.links.length]).toEqual([length, [], 2]);
  });

  test('a catch-up that fails gives the connection up, and progress after that tells nothing', async () => {
    connection.start();
    await dial();
    host.socket.link.open();
    await settled();
    caughtUp[0]?.fail(new Error('the disk is full'));
    await settled();
    expect([view()?.kind, host.socket.link.isClosed]).toEqual(['no-answer', true]);
    caughtUp[0]?.progress(1, 2);
    expect(view()?.kind).toBe('no-answer');
    expect(host.logged.join()).toContain('the disk is full');
  });
});

describe('the session', () => {
  test('a token that has run out is renewed at once, and once', async () => {
    connection.start();
    await dial();
    host.socket.link.refuse('token_expired');
    expect(tokens.map(({ renew }) => renew)).toEqual([false, true]);
    await dial('renewed');
    host.socket.link.refuse('token_expired');
    expect(tokens).toHaveLength(2);
    expect(view()?.kind).toBe('no-answer');
    await host.clock.advance(500);
    expect(tokens.map(({ renew }) => renew)).toEqual([false, true, true]);
  });

  test('a token that runs out while connected is renewed too; nobody is signed out', async () => {
    await connect();
    host.socket.link.tell('session.ended', { error: { code: 'token_expired', message: '' } });
    expect(view()?.kind).toBe('no-answer');
    await host.clock.advance(500);
    expect(tokens.at(-1)?.renew).toBe(true);
  });

  test.each(['unauthenticated', 'session_revoked', 'refresh_reused'] as const)('%s signs out', async (code) => {
    connection.start();
    tokens[0]?.refuse(new Refusal(code));
    await settled();
    expect([view()?.kind, connection.isSignedOut]).toEqual(['signed-out', true]);
    await host.clock.advance(3_600_000);
    host.networkChanged();
    expect(tokens).toHaveLength(1);
  });

  test('S a request that is refused so signs out as well, and so does word from the server', async () => {
    await connect();
    const asked = connection.ask('getAccount', {});
    host.socket.link.requests[0]?.refuse('session_revoked');
    await expect(asked).rejects.toThrow('session_revoked');
    expect([view()?.kind, host.socket.link.isClosed]).toEqual(['signed-out', true]);
    connection.connectNow();
    await connect();
    host.socket.link.tell('session.ended', { error: { code: 'session_revoked', message: '' } });
    expect(view()?.kind).toBe('signed-out');
  });

  test.each([
    ['client_too_old', 'client'],
    ['server_too_old', 'server'],
  ] as const)('%s needs an update, until it is tried by hand', async (code, which) => {
    connection.start();
    await dial();
    host.socket.link.refuse(code);
    expect(view()).toEqual({ kind: 'update-needed', which });
    await host.clock.advance(3_600_000);
    expect(tokens).toHaveLength(1);
    connection.connectNow();
    expect(tokens).toHaveLength(2);
  });

  test('a server that says hello in a version no longer spoken needs an update', async () => {
    host.socket.answers = { 'session.hello': () => hello({ protocol: { current: 0, oldestAccepted: 0 } }) };
    connection.start();
    await dial();
    host.socket.link.open();
    await settled();
    expect(view()).toEqual({ kind: 'update-needed', which: 'server' });
  });
});

describe('the network', () => {
  test('without one nobody dials; with one again, at once', async () => {
    host.isOnline = false;
    connection.start();
    expect([view(), tokens.length]).toEqual([{ kind: 'offline', since: host.clock.now() }, 0]);
    await host.clock.advance(60_000);
    host.networkChanged();
    expect(view()).toEqual({ kind: 'offline', since: host.clock.now() - 60_000 });
    host.isOnline = true;
    host.networkChanged();
    await connect();
  });

  test('a line that breaks with the network is not waited for', async () => {
    await connect();
    host.isOnline = false;
    host.socket.link.end();
    expect(view()?.kind).toBe('offline');
  });

  test('a network that goes closes the line, and one that comes back ends a wait', async () => {
    await connect();
    host.isOnline = false;
    host.networkChanged();
    expect([view()?.kind, host.socket.link.isClosed]).toEqual(['offline', true]);
    host.isOnline = true;
    host.networkChanged();
    await dial();
    host.socket.link.refuse('unavailable', 60_000);
    host.networkChanged();
    expect(view()?.kind).toBe('checking');
  });
});

describe('the heartbeat', () => {
  test('D10 every 30 seconds, the next one after the last has ended', async () => {
    await connect();
    await host.clock.advance(30_000);
    expect(heartbeats).toHaveLength(1);
    await host.clock.advance(60_000);
    expect(heartbeats).toHaveLength(1);
    heartbeats[0]?.end();
    await host.clock.advance(29_999);
    expect(heartbeats).toHaveLength(1);
    await host.clock.advance(1);
    expect(heartbeats).toHaveLength(2);
  });

  test('D10 one that fails ends the connection', async () => {
    await connect();
    await host.clock.advance(30_000);
    heartbeats[0]?.fail(new Refusal('not_connected'));
    await settled();
    expect([view()?.kind, host.socket.link.isClosed]).toEqual(['no-answer', true]);
  });

  test('D10 a device that wakes up asks at once, and not the more often for it', async () => {
    await connect();
    for (let times = 0; times < 5; times += 1) host.networkChanged();
    expect(heartbeats).toHaveLength(1);
    heartbeats[0]?.end();
    await settled();
    host.networkChanged();
    heartbeats[1]?.end();
    await host.clock.advance(29_999);
    expect(heartbeats).toHaveLength(2);
    await host.clock.advance(60_001);
    expect(heartbeats).toHaveLength(3);
  });

  test('D10 without an answer "up to date" is said for 60 seconds and a look', async () => {
    await connect();
    const asOf = host.clock.now();
    await host.clock.advance(60_000);
    expect(view()).toEqual({ kind: 'current', asOf });
    await host.clock.advance(5_000);
    expect(view()).toEqual({ kind: 'checking', asOf });
    heartbeats[0]?.end();
    expect(view()).toEqual({ kind: 'current', asOf: asOf + 65_000 });
  });

  test('D6 somebody who sets the clock on the wall changes nothing', async () => {
    await connect();
    const told = view();
    host.clock.setWall(0);
    await host.clock.advance(10_000);
    host.clock.setWall(9_999_999_999_999);
    await host.clock.advance(15_000);
    expect([view(), heartbeats.length]).toEqual([told, 0]);
    await host.clock.advance(5_000);
    expect(heartbeats).toHaveLength(1);
  });

  test('D3 what a newer server tells and cannot be read is checked for soon, once, on the same line', async () => {
    await connect();
    for (let times = 0; times < 20; times += 1)
      host.socket.link.tell('conversation.changed', { change: { kind: 'new' } });
    await host.clock.advance(1_000);
    expect(heartbeats).toHaveLength(1);
    host.socket.link.tell('conversation.changed', 'nonsense');
    heartbeats[0]?.end();
    await host.clock.advance(999);
    expect(heartbeats).toHaveLength(1);
    await host.clock.advance(1);
    heartbeats[1]?.end();
    await host.clock.advance(29_999);
    expect([heartbeats.length, host.socket.links.length]).toEqual([2, 1]);
  });

  test('D3 during the catch-up too, as soon as that is through', async () => {
    connection.start();
    await dial();
    host.socket.link.open();
    await settled();
    host.socket.link.tell('account.changed', {});
    host.socket.link.tell('no.such.fact', {});
    caughtUp[0]?.end();
    await host.clock.advance(1_000);
    expect(heartbeats).toHaveLength(1);
  });
});

describe('requests', () => {
  test('without a line, over a line that breaks, or without an answer nobody knows what became of them', async () => {
    await expect(connection.ask('getAccount', {})).rejects.toMatchObject({ code: 'not_connected', class: 'retry' });
    await connect();
    const lost = connection.ask('getAccount', {});
    host.socket.link.requests[0]?.lose();
    await expect(lost).rejects.toThrow('not_connected');
    expect(view()?.kind).toBe('current');
    const broken = connection.ask('getAccount', {});
    connection.restart();
    await expect(broken).rejects.toThrow('not_connected');
    expect(view()?.kind).toBe('no-answer');
  });
});

test('stopped is stopped: nothing is scheduled, heard or told any more, and the line is closed', async () => {
  await connect();
  host.networkChanged();
  const { length } = views;
  connection.stop();
  heartbeats[0]?.end();
  await settled();
  host.networkChanged();
  host.isOnline = false;
  host.networkChanged();
  connection.restart();
  await host.clock.advance(600_000);
  expect([host.clock.waiting, host.socket.link.isClosed, host.socket.links.length]).toEqual([0, true, 1]);
  // The one word is the confirmation of the heartbeat that was under way.
  expect(views.length - length).toBeLessThanOrEqual(1);
});

test('stopped while it waits or dials: nothing is scheduled any more', async () => {
  connection.start();
  connection.stop();
  await dial();
  expect([host.socket.links.length, host.clock.waiting]).toEqual([0, 0]);
});

describe('asked too often', () => {
  const input = { conversationIds: [] } as never;
  const asked = () => host.socket.asked.filter((name) => name === 'sync.check').length;
  const last = () => host.socket.link.requests.at(-1);

  test('D7 it is asked again when the server says, and nobody notices', async () => {
    await connect();
    const answer = connection.askPatiently('checkSync', input);
    last()?.refuse('rate_limited', 2_000);
    await host.clock.advance(1_999);
    expect(asked()).toBe(1);
    await host.clock.advance(1);
    last()?.answer({ isCurrent: true, accountRev: 1 });
    expect(await answer).toEqual({ isCurrent: true, accountRev: 1 });
    expect(view()?.kind).toBe('current');
  });

  test('D7 five times and no longer than a minute; other refusals are answered at once', async () => {
    await connect();
    for (const [code, retryAfterMs, times] of [
      ['rate_limited', 1_000, 5],
      ['rate_limited', undefined, 5],
      ['rate_limited', 25_000, 3],
      ['rate_limited', 61_000, 1],
      ['unavailable', 1_000, 1],
    ] as const) {
      const before = asked();
      const refused = connection.askPatiently('checkSync', input).catch(({ code: said }: Refusal) => said);
      for (let tries = 0; tries < 8; tries += 1) {
        last()?.refuse(code, retryAfterMs);
        await host.clock.advance(retryAfterMs === 25_000 ? 25_000 : 8_000);
      }
      expect([await refused, asked() - before]).toEqual([code, times]);
    }
  });

  test('D7 a line that breaks meanwhile ends the wait', async () => {
    await connect();
    const refused = connection.askPatiently('checkSync', input).catch(({ code }: Refusal) => code);
    last()?.refuse('rate_limited', 10_000);
    await settled();
    host.socket.link.end();
    expect(await refused).toBe('not_connected');
    expect(asked()).toBe(1);
  });
});

test('D1 who waits for a line is told when there is one, when it takes too long, and when it is over', async () => {
  connection.start();
  const soon = connection.opened(10_000);
  const late = connection.opened(1_000);
  await host.clock.advance(1_000);
  expect(await late).toBe(false);
  await dial();
  host.socket.link.open();
  await settled();
  expect([await soon, await connection.opened(0)]).toEqual([true, true]);
  host.socket.link.end();
  const never = connection.opened(10_000);
  connection.stop();
  expect([await never, host.clock.waiting]).toEqual([false, 0]);
});
