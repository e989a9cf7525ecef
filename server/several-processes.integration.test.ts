import { v7 as mintUuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { directConversationId } from './crypto/direct-conversation-id.ts';
import { type Fleet, type MortalProcess, startFleet } from './testing/process-fleet.ts';
import { codeOf } from './testing/participants.ts';
import { callRest } from './testing/rest-client.ts';
import { testMongodb } from './testing/test-mongodb.ts';
import { testRedis } from './testing/test-redis.ts';
import { newcomer, personFrom, type SignedInAnswer, type TestPerson } from './testing/test-person.ts';
import { handshakeOf, openTestSocket, type TestSocket } from './testing/test-socket.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const mongodb = await testMongodb();
const redis = testRedis();

interface Changed {
  conversationId: string;
  afterRev: number;
  rev: number;
}

async function signIn(at: MortalProcess, path: 'register' | 'login', sent: ReturnType<typeof newcomer>) {
  const { reply, text } = await callRest(at.url, `/api/auth/${path}`, { body: sent });
  if (!reply.ok) throw new Error(text);
  return personFrom(sent, reply.data as unknown as SignedInAnswer);
}

/** The machine may be busy: how soon is measured where it matters. */
const soon = { timeout: 20_000, interval: 5 };

const register = (at: MortalProcess, name: string) => signIn(at, 'register', newcomer(name));
/** Resolves when it follows all that is its own. */
async function connect(at: MortalProcess, person: TestPerson): Promise<TestSocket> {
  const socket = await openTestSocket(at.url, handshakeOf(person.accessToken));
  await socket.demand('hello', {});
  return socket;
}
const anotherDevice = (at: MortalProcess, { email, password, name }: TestPerson) =>
  signIn(at, 'login', { ...newcomer(name), email, password });
const addAll = (owner: TestSocket, others: readonly TestPerson[]) =>
  Promise.all(others.map(({ email }) => owner.demand('addContact', { id: mintUuid(), email })));
const changesOf = (socket: TestSocket, conversationId: string) =>
  socket.heard
    .filter(({ name }) => name === 'conversation.changed')
    .map(({ payload }) => payload as Changed)
    .filter((change) => change.conversationId === conversationId);

async function groupOf(owner: TestSocket, others: readonly TestPerson[]): Promise<string> {
  await addAll(owner, others);
  const id = mintUuid();
  await owner.demand('createGroup', { id, title: 'Group', memberIds: others.map(({ userId }) => userId) });
  return id;
}

/** Where the feed has let somebody in before the notice came, the addition itself is for their device to fetch. */
async function groupHeardBy(socket: TestSocket, owner: TestSocket, others: readonly TestPerson[]): Promise<string> {
  const conversationId = await groupOf(owner, others);
  const heardAfterAnother = async () => {
    await owner.demand('sendMessage', { id: mintUuid(), conversationId, text: 'Again' });
    return changesOf(socket, conversationId).length;
  };
  await expect.poll(heardAfterAnother, soon).toBeGreaterThan(0);
  return conversationId;
}

describe.skipIf('missing' in mongodb || 'missing' in redis)('D13 several processes', () => {
  let fleet: Fleet;
  let one: MortalProcess;
  let two: MortalProcess;
  let three: MortalProcess;
  let ann: TestPerson;
  let ben: TestPerson;
  let cem: TestPerson;
  let a: TestSocket;
  let b: TestSocket;
  let c: TestSocket;

  beforeAll(async () => {
    if ('missing' in mongodb || 'missing' in redis) return;
    fleet = await startFleet({ mongodbUrl: mongodb.url, redisServer: redis.command, count: 3 });
    [one, two, three] = fleet.processes as [MortalProcess, MortalProcess, MortalProcess];
    [ann, ben, cem] = [await register(one, 'Ann'), await register(two, 'Ben'), await register(three, 'Cem')];
    [a, b, c] = [await connect(one, ann), await connect(two, ben), await connect(three, cem)];
  });
  afterAll(() => fleet?.close());

  test('D13 what one process commits is heard in the others: changes, markers, typing, feeds and profiles', async () => {
    const conversationId = await groupOf(a, [ben, cem]);
    const phone = await connect(three, await anotherDevice(two, ann));
    const { rev } = await a.demand('sendMessage', { id: mintUuid(), conversationId, text: 'Hello' });
    for (const socket of [b, c, phone])
      await expect.poll(() => changesOf(socket, conversationId).at(-1)?.rev, soon).toBe(rev);
    await b.demand('setTyping', { conversationId, isTyping: true });
    await expect(a.next('typing.changed')).resolves.toMatchObject({ conversationId, userId: ben.userId });
    await b.demand('moveMarkers', { moves: [{ conversationId, read: 2 }] });
    await expect(a.next('markers.moved')).resolves.toMatchObject({ conversationId });
    await a.demand('putDraft', { id: mintUuid(), conversationId, text: 'Dear', baseVersion: 0 });
    await expect.poll(() => JSON.stringify(phone.heard), soon).toContain('Dear');
    await b.demand('updateProfile', { id: mintUuid(), name: 'Benedict' });
    await expect(a.next('profile.changed')).resolves.toMatchObject({ profile: { name: 'Benedict' } });
    phone.close();
  });

  test('D11 who has a device in another process is there', async () => {
    const { people } = await a.demand('watchPresence', { userIds: [ben.userId] });
    expect(people).toMatchObject([{ userId: ben.userId, isOnline: true }]);
  });

  test('S7 a session revoked in one process is over in the others within a second', async () => {
    const phone = await anotherDevice(one, ann);
    const socket = await connect(two, phone);
    const revokedAt = performance.now();
    await a.demand('revokeSession', { sessionId: phone.sessionId });
    await socket.closed;
    expect(performance.now() - revokedAt).toBeLessThan(1_000);
  });

  test('D1 two processes that make one direct conversation make one', async () => {
    const people = await Promise.all(Array.from({ length: 14 }, (_, index) => register(one, `Peer ${index}`)));
    const here = await Promise.all(people.map((person) => connect(one, person)));
    const there = await Promise.all(people.map((person) => connect(two, person)));
    await Promise.all(
      here.map((socket, index) =>
        addAll(
          socket,
          people.filter((_, other) => other !== index),
        ),
      ),
    );
    for (const [i, first] of people.entries()) {
      for (const [j, second] of people.entries()) {
        if (j <= i) continue;
        const conversationId = directConversationId(first.userId, second.userId);
        const sent = await Promise.all([
          here[i]?.demand('sendMessage', { id: mintUuid(), conversationId, text: 'Hi', directWith: second.userId }),
          there[j]?.demand('sendMessage', { id: mintUuid(), conversationId, text: 'Hi', directWith: first.userId }),
        ]);
        expect(new Set(sent.map((placed) => placed?.seq))).toEqual(new Set([1, 2]));
      }
    }
    for (const socket of [...here, ...there]) socket.close();
  });

  test('S7 D13 a thousand races of a removal in one process against messages in another: nothing is heard after it', async () => {
    const lanes = Array.from({ length: 20 }, async () => {
      const conversationId = await groupHeardBy(b, a, [ben, cem]);
      const tooLate: number[] = [];
      for (let round = 0; round < 50; round += 1) {
        const from = changesOf(b, conversationId).length;
        const [own, ...others] = [b, c, c].map((socket, n) =>
          socket.ask('sendMessage', { id: mintUuid(), conversationId, text: `${round}.${n}` }),
        );
        const removed = await a.demand('removeMember', { id: mintUuid(), conversationId, userId: ben.userId });
        const [mine] = await Promise.all([own, ...others]);
        const isBefore = mine?.ok === true && mine.data.rev < removed.rev;
        expect(isBefore || (mine && codeOf(mine))).toBeOneOf([true, 'not_a_member']);
        const { rev: last } = await c.demand('sendMessage', { id: mintUuid(), conversationId, text: 'After' });
        await a.demand('addMembers', { id: mintUuid(), conversationId, userIds: [ben.userId] });
        // As in groupHeardBy.
        const saidAfter = async () => {
          await c.demand('sendMessage', { id: mintUuid(), conversationId, text: 'Again' });
          return changesOf(b, conversationId).at(-1)?.rev;
        };
        await expect.poll(saidAfter, soon).toBeGreaterThan(last);
        const heard = changesOf(b, conversationId).slice(from);
        expect(heard.map(({ rev }) => rev)).toContain(removed.rev);
        tooLate.push(...heard.map(({ rev }) => rev).filter((rev) => rev > removed.rev && rev <= last));
      }
      return tooLate;
    });
    expect((await Promise.all(lanes)).flat()).toEqual([]);
  });

  test('S5 a thousand races of one refresh token in two processes: one successor each', async () => {
    let { refreshToken } = ann;
    const refresh = async (at: MortalProcess) =>
      (await callRest(at.url, '/api/auth/refresh', { body: { refreshToken } })).reply as {
        ok: boolean;
        data: { tokens: { refreshToken: string } };
      };
    for (let round = 0; round < 1_000; round += 1) {
      const replies = await Promise.all([refresh(one), refresh(two)]);
      const successors = new Set(replies.map(({ data }) => data.tokens.refreshToken));
      expect(successors.size).toBe(1);
      [refreshToken = ''] = successors;
    }
    expect(refreshToken.split('.')[1]).toBe('1001');
  });

  test('S11 a limit holds over all processes', async () => {
    const tight = { PARLEY_RATE_DRAFTS: '1/s burst 20' };
    const processes = [await fleet.start(tight), await fleet.start(tight)];
    const conversationId = await groupOf(a, [ben]);
    const sockets = await Promise.all(processes.map((at) => connect(at, ben)));
    const asked = sockets.flatMap((socket) =>
      Array.from({ length: 20 }, async (_, n) =>
        codeOf(await socket.ask('putDraft', { id: mintUuid(), conversationId, text: `${n}`, baseVersion: 0 })),
      ),
    );
    const codes = await Promise.all(asked);
    expect(codes.filter((code) => code !== 'rate_limited').length).toBeLessThanOrEqual(22);
    for (const process of processes) {
      process.signal('SIGTERM');
      expect(await process.ended).toBe(0);
    }
  });

  test('D13 S7 without Redis everything is heard late, in order and once; so it is when Redis is back', async () => {
    const conversationId = await groupHeardBy(b, a, [ben, cem]);
    const phone = await anotherDevice(one, ann);
    const socket = await connect(two, phone);
    const said: number[] = [];
    const say = async () =>
      void said.push((await a.demand('sendMessage', { id: mintUuid(), conversationId, text: 'x' })).rev);
    const heardLast = () => changesOf(b, conversationId).at(-1)?.rev === said.at(-1);
    await say();
    await fleet.killRedis();
    for (let n = 0; n < 20; n += 1) await say();
    const revokedAt = performance.now();
    await a.demand('revokeSession', { sessionId: phone.sessionId });
    await socket.closed;
    console.log(`Without Redis a session was over after ${Math.round(performance.now() - revokedAt)} ms`);
    expect(performance.now() - revokedAt).toBeLessThan(2_500);
    await expect.poll(heardLast, soon).toBe(true);
    const added = await groupOf(a, [ben]);
    await expect.poll(() => JSON.stringify(b.heard), soon).toContain(added);
    await a.demand('sendMessage', { id: mintUuid(), conversationId: added, text: 'x' });
    await expect.poll(() => changesOf(b, added).length, soon).toBeGreaterThan(0);
    await fleet.startRedis();
    for (let n = 0; n < 50; n += 1) await say();
    await expect.poll(heardLast, soon).toBe(true);
    const changes = changesOf(b, conversationId);
    for (const [index, change] of changes.entries())
      expect(change.afterRev).toBe(index === 0 ? change.afterRev : changes[index - 1]?.rev);
  });

  test('D13 S7 S11 while Redis hangs every request is answered, everything is heard, and a session is over soon; so it is when Redis goes on', async () => {
    const conversationId = await groupHeardBy(b, a, [ben, cem]);
    const phone = await anotherDevice(one, ann);
    const socket = await connect(two, phone);
    const send = () => a.demand('sendMessage', { id: mintUuid(), conversationId, text: 'x' });
    const heardBy = async (by: TestSocket, rev: number) => {
      await expect.poll(() => changesOf(by, conversationId).at(-1)?.rev, soon).toBe(rev);
    };
    fleet.signalRedis('SIGSTOP');
    onTestFinished(() => fleet.signalRedis('SIGCONT'));
    const askedAt = performance.now();
    await a.demand('revokeSession', { sessionId: phone.sessionId });
    const answeredAt = performance.now();
    await socket.closed;
    const overAt = performance.now();
    console.log(
      `Redis hung: answered after ${Math.round(answeredAt - askedAt)} ms, the session over ${Math.round(overAt - answeredAt)} ms later`,
    );
    expect(Math.max(answeredAt - askedAt, overAt - answeredAt)).toBeLessThan(2_000);
    for (let n = 0; n < 3; n += 1) await heardBy(b, (await send()).rev);
    fleet.signalRedis('SIGCONT');
    const { rev } = await send();
    for (const by of [b, c]) await heardBy(by, rev);
    const changes = changesOf(b, conversationId);
    expect(changes.slice(1).map(({ afterRev }) => afterRev)).toEqual(changes.slice(0, -1).map((change) => change.rev));
  });

  test('D13 a process that stands still is caught up with, and one that is killed leaves nothing behind', async () => {
    const conversationId = await groupHeardBy(b, a, [ben, cem]);
    three.signal('SIGSTOP');
    const { rev } = await a.demand('sendMessage', { id: mintUuid(), conversationId, text: 'While it stands' });
    await expect.poll(() => changesOf(b, conversationId).at(-1)?.rev, soon).toBe(rev);
    three.signal('SIGCONT');
    await expect.poll(() => changesOf(c, conversationId).at(-1)?.rev, soon).toBe(rev);
    const sending = Array.from({ length: 20 }, (_, n) =>
      c.ask('sendMessage', { id: mintUuid(), conversationId, text: `${n}` }).catch(() => undefined),
    );
    await sending[3];
    three.signal('SIGKILL');
    const acknowledged = (await Promise.all(sending)).flatMap((reply) => (reply?.ok === true ? [reply.data.rev] : []));
    await expect
      .poll(() => changesOf(b, conversationId).at(-1)?.rev, soon)
      .toBeGreaterThanOrEqual(Math.max(...acknowledged));
    const again = await connect(two, cem);
    const { rev: last } = await again.demand('sendMessage', { id: mintUuid(), conversationId, text: 'Back' });
    await expect.poll(() => changesOf(b, conversationId).at(-1)?.rev, soon).toBe(last);
    again.close();
  });

  test('S19 without REDIS_URL a process has the database to itself or says why it cannot start', async () => {
    const alone = { REDIS_URL: '' };
    await expect(fleet.start(alone)).rejects.toThrow('database_in_use');
    await expect(fleet.start({ REDIS_URL: 'redis://127.0.0.1:1' })).rejects.toThrow('redis_failed');
    for (const process of [one, two]) {
      process.signal('SIGTERM');
      expect(await process.ended).toBe(0);
    }
    const only = await fleet.start(alone);
    await expect(fleet.start()).rejects.toThrow('database_in_use');
    only.signal('SIGKILL');
    await fleet.start();
  });
});
