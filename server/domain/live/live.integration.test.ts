import { v7 as mintUuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { gather, gatherGroup, heardBy, type Participant, say } from '../../testing/participants.ts';
import { startTestServer, type TestServer } from '../../testing/start-test-server.ts';

// Servers, stores and sockets take their time on a busy machine.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let server: TestServer;
let ann: Participant;
let ben: Participant;
let cem: Participant;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  [ann, ben, cem] = (await gather(server, ['Ann', 'Ben', 'Cem'])) as [Participant, Participant, Participant];
});

async function anotherDevice(person: Participant): Promise<Participant> {
  const device = await server.signIn(person);
  const socket = await server.connect(device);
  // Answered once it follows its conversations.
  await socket.demand('hello', {});
  return { ...device, socket };
}
const revsOf = async (person: Participant, groupId: string) =>
  (await heardBy(person, 'conversation.changed'))
    .map(({ payload }) => payload as { conversationId: string; rev: number })
    .filter(({ conversationId }) => conversationId === groupId)
    .map(({ rev }) => rev);

describe('D13 S7 races', () => {
  test(
    'D13 S7 200 removals and leavings against messages, on two devices: nothing above, everything below',
    { timeout: 180_000 },
    async () => {
      const groupId = await gatherGroup([ann, ben, cem]);
      const phone = await anotherDevice(ben);
      const mayHear = new Set<number>();
      const started = (await say(ann, groupId)).rev;
      let from = started;
      for (let round = 0; round < 200; round += 1) {
        const sending = [0, 1, 2].map(() => say(cem, groupId));
        const going = { id: mintUuid(), conversationId: groupId };
        const { rev } =
          round % 2 === 0
            ? await ann.socket.demand('removeMember', { ...going, userId: ben.userId })
            : await ben.socket.demand('leaveGroup', going);
        for (let heard = from; heard <= rev; heard += 1) mayHear.add(heard);
        await Promise.all(sending);
        const back = { id: mintUuid(), conversationId: groupId, userIds: [ben.userId] };
        ({ rev: from } = await ann.socket.demand('addMembers', back));
      }
      mayHear.add(from);
      expect((await revsOf(phone, groupId)).filter((rev) => rev >= started)).toEqual([...mayHear]);
    },
  );

  /** Somebody who acts over HTTP: no socket of theirs follows anything. */
  async function ownerWithout(...people: Participant[]) {
    const { accessToken: token } = await server.register('Owner');
    const call = async (method: string, path: string, body: object = {}): Promise<{ rev: number }> => {
      const { reply, text } = await server.call(path, { method, body, token });
      if (!reply.ok) throw new Error(text);
      return reply.data as { rev: number };
    };
    for (const { email } of people) await call('POST', '/api/contacts', { id: mintUuid(), email });
    return {
      async group(memberIds: string[]) {
        const id = mintUuid();
        await call('POST', '/api/conversations', { id, title: 'Quiet', memberIds });
        return id;
      },
      add: (groupId: string, userId: string) =>
        call('POST', `/api/conversations/${groupId}/members`, { id: mintUuid(), userIds: [userId] }),
      remove: (groupId: string, userId: string) =>
        call('DELETE', `/api/conversations/${groupId}/members/${userId}?id=${mintUuid()}`, {}),
      say: (groupId: string) =>
        call('POST', `/api/conversations/${groupId}/messages`, { id: mintUuid(), text: 'Quietly' }),
    };
  }
  const soon = (turns: number) =>
    Array.from({ length: turns }).reduce<Promise<unknown>>(
      (before) => before.then(() => new Promise((resolve) => setImmediate(resolve))),
      Promise.resolve(),
    );

  test(
    'D13 S7 a socket that connects while it is removed hears nothing of what comes after',
    { timeout: 180_000 },
    async () => {
      const owner = await ownerWithout(ben);
      for (let round = 0; round < 100; round += 1) {
        const groupId = await owner.group([ben.userId]);
        ben.socket.close();
        const connecting = server.connect(ben);
        await soon(round % 25);
        const [socket, { rev }] = await Promise.all([connecting, owner.remove(groupId, ben.userId)]);
        ben = { ...ben, socket };
        await socket.demand('hello', {});
        await owner.say(groupId);
        expect((await revsOf(ben, groupId)).filter((one) => one > rev)).toEqual([]);
      }
    },
  );

  test(
    'D5 a socket that connects while it is added hears what comes after it is served',
    { timeout: 180_000 },
    async () => {
      const owner = await ownerWithout(ben);
      for (let round = 0; round < 100; round += 1) {
        const groupId = await owner.group([]);
        ben.socket.close();
        const connecting = server.connect(ben);
        await soon(round % 25);
        const [socket] = await Promise.all([connecting, owner.add(groupId, ben.userId)]);
        ben = { ...ben, socket };
        await socket.demand('hello', {});
        const { rev } = await owner.say(groupId);
        expect(await revsOf(ben, groupId)).toContain(rev);
      }
    },
  );

  test('D5 what is said while a socket connects is heard or is in the first sync, all of it', async () => {
    const groupId = await gatherGroup([ann, ben]);
    for (let round = 0; round < 20; round += 1) {
      ben.socket.close();
      const saying = Array.from({ length: 10 }, () => say(ann, groupId));
      ben = { ...ben, socket: await server.connect(ben) };
      const cursors = [{ conversationId: groupId, rev: 0, mrev: 0, seq: 0 }];
      const { answers } = await ben.socket.demand('syncConversations', { cursors });
      const revs = (await Promise.all(saying)).map(({ rev }) => rev);
      const cursor = answers[0]?.cursor ?? 0;
      const heard = await revsOf(ben, groupId);
      expect(revs.filter((rev) => rev > cursor && !heard.includes(rev))).toEqual([]);
    }
  });
});

describe('D11 typing', () => {
  test('D11 S12 is told to the other members who are here, and to nobody else', async () => {
    const groupId = await gatherGroup([ann, ben]);
    const phone = await anotherDevice(ann);
    await ann.socket.demand('setTyping', { conversationId: groupId, isTyping: true });
    await ann.socket.demand('setTyping', { conversationId: groupId, isTyping: false });
    const told = [true, false].map((isTyping) => ({ conversationId: groupId, userId: ann.userId, isTyping }));
    expect((await heardBy(ben, 'typing.changed')).map(({ payload }) => payload)).toEqual(told);
    expect(await heardBy(phone, 'typing.changed')).toHaveLength(2);
    expect(await heardBy(ann, 'typing.changed')).toEqual([]);
    expect(await heardBy(cem, 'typing.changed')).toEqual([]);
  });
});

describe('D15 profiles', () => {
  test("D15 a new one is told once to everyone who shares a conversation, and to one's own devices", async () => {
    for (let groups = 0; groups < 3; groups += 1) await gatherGroup([ann, ben]);
    const former = await gatherGroup([ann, ben, cem]);
    await cem.socket.demand('leaveGroup', { id: mintUuid(), conversationId: former });
    const phone = await anotherDevice(ann);
    await ann.socket.demand('updateProfile', { id: mintUuid(), name: 'Anna' });
    const payload = { profile: { userId: ann.userId, name: 'Anna', version: 2 } };
    expect(await ben.socket.next('profile.changed')).toEqual(payload);
    expect(await phone.socket.next('profile.changed')).toEqual(payload);
    expect(await heardBy(ben, 'profile.changed')).toHaveLength(1);
    expect(await heardBy(phone, 'profile.changed')).toHaveLength(1);
    expect(await heardBy(cem, 'profile.changed')).toEqual([]);
    const asked = {
      people: [
        { userId: ann.userId, version: 1 },
        { userId: ben.userId, version: 1 },
      ],
    };
    expect(await ben.socket.demand('getProfiles', asked)).toEqual({ profiles: [payload.profile] });
  });
});

describe('D11 presence', () => {
  test('D11 S12 those who share a conversation, and whoever has added the asker, are seen to come and go', async () => {
    // Ann has Ben among her contacts: he may see her, she not yet him.
    expect((await ann.socket.demand('watchPresence', { userIds: [ben.userId] })).people).toEqual([]);
    expect((await ben.socket.demand('watchPresence', { userIds: [ann.userId, cem.userId] })).people).toEqual([
      { userId: ann.userId, isOnline: true },
    ]);
    await gatherGroup([ann, ben]);
    expect((await ann.socket.demand('watchPresence', { userIds: [ben.userId] })).people).toEqual([
      { userId: ben.userId, isOnline: true },
    ]);
    ben.socket.close();
    expect(await ann.socket.next('presence.changed')).toMatchObject({
      people: [{ userId: ben.userId, isOnline: false, lastSeenAt: expect.any(Number) }],
    });
    await server.connect(ben);
    expect(await ann.socket.next('presence.changed')).toEqual({ people: [{ userId: ben.userId, isOnline: true }] });
  });
});
