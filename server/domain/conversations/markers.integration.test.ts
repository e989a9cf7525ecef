import { v7 as mintUuid } from 'uuid';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { codeOf, gather, gatherGroup, heardBy, type Participant, say } from '../../testing/participants.ts';
import { startTestServer, type TestServer } from '../../testing/start-test-server.ts';

// Servers, stores and sockets take their time on a busy machine.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let server: TestServer;
let ann: Participant;
let ben: Participant;
beforeAll(async () => {
  server = await startTestServer();
  [ann, ben] = (await gather(server, ['Ann', 'Ben'])) as [Participant, Participant];
});
afterAll(() => server.close());

const move = (who: Participant, conversationId: string, changes: object) =>
  who.socket.demand('moveMarkers', { moves: [{ conversationId, ...changes }] });
async function markerOf(who: Participant, conversationId: string) {
  const { markers } = await who.socket.demand('getMembers', { conversationId });
  return markers.find(({ userId }) => userId === who.userId);
}

test('D9 they only grow, over all devices, and the others hear of it with the next mrev', async () => {
  const groupId = await gatherGroup([ann, ben]);
  for (let count = 0; count < 5; count += 1) await say(ann, groupId);
  await move(ben, groupId, { read: 4 });
  const phone = await server.signIn(ben);
  await move({ ...phone, socket: await server.connect(phone) }, groupId, { read: 2, delivered: 3 });
  expect(await markerOf(ben, groupId)).toEqual({ userId: ben.userId, delivered: 4, read: 4 });
  await move(ben, groupId, { delivered: 6 });
  const told = (await heardBy(ann, 'markers.moved')).map(({ payload }) => payload);
  expect(told).toEqual([
    { conversationId: groupId, afterMrev: 0, mrev: 1, markers: [{ userId: ben.userId, delivered: 4, read: 4 }] },
    { conversationId: groupId, afterMrev: 1, mrev: 2, markers: [{ userId: ben.userId, delivered: 6, read: 4 }] },
  ]);
});

test('D9 D15 a read marker is in the feed of its own account, on all its devices', async () => {
  const groupId = await gatherGroup([ann, ben]);
  const { seq } = await say(ann, groupId);
  await move(ben, groupId, { read: seq });
  const entry = { kind: 'marker', key: groupId, read: seq };
  const pushed = (await heardBy(ben, 'account.changed')).map(({ payload }) => payload);
  expect(pushed.at(-1)).toMatchObject({ entries: [entry] });
  expect((await ben.socket.demand('syncAccount', { rev: 0 })).entries.at(-1)).toMatchObject(entry);
  expect(JSON.stringify((await ann.socket.demand('syncAccount', { rev: 0 })).entries)).not.toContain('"read":');
});

test('D9 D16 receipts are counted of messages that are there and the asker may see', async () => {
  const groupId = await gatherGroup([ann, ben], 'since-joining');
  const hidden = await say(ann, groupId);
  const [cem] = (await gather(server, ['Cem'])) as [Participant];
  await ann.socket.demand('addContact', { id: mintUuid(), email: cem.email });
  await ann.socket.demand('addMembers', { id: mintUuid(), conversationId: groupId, userIds: [cem.userId] });
  const seen = await say(cem, groupId);
  const count = async (seqs: number[]) =>
    codeOf(await cem.socket.ask('countReceipts', { conversationId: groupId, seqs }));
  expect(await count([seen.seq])).toBe('ok');
  for (const absent of [0, hidden.seq, seen.seq + 1]) expect(await count([seen.seq, absent])).toBe('not_found');
  expect(codeOf(await ann.socket.ask('countReceipts', { conversationId: groupId, seqs: [hidden.seq] }))).toBe('ok');
});

test(
  'D9 above fifty members they are stored and counted, not pushed; of fifty again everybody is told all of them',
  { timeout: 30_000 },
  async () => {
    const others: Participant[] = [];
    for (let count = 0; count < 50; count += 1) {
      const person = await server.register(`M${count}`);
      await ann.socket.demand('addContact', { id: mintUuid(), email: person.email });
      others.push({ ...person, socket: ann.socket });
    }
    const groupId = await gatherGroup([ann, ben, ...others.slice(0, 29)]);
    const userIds = others.slice(29).map(({ userId }) => userId);
    await ann.socket.demand('addMembers', { id: mintUuid(), conversationId: groupId, userIds });
    const { seq } = await say(ann, groupId);
    const before = (await heardBy(ann, 'markers.moved')).length;
    await move(ben, groupId, { read: seq });
    expect(await heardBy(ann, 'markers.moved')).toHaveLength(before);
    expect(await ann.socket.demand('countReceipts', { conversationId: groupId, seqs: [seq] })).toEqual({
      receipts: [{ seq, delivered: 1, read: 1, others: 51 }],
    });
    const { conversations } = await ann.socket.demand('listConversations', { limit: 100 });
    expect(conversations.find(({ conversationId }) => conversationId === groupId)?.head.mrev).toBe(0);

    const away = await server.signIn(ben);
    const held = { conversationId: groupId, rev: seq, mrev: 0, seq };
    for (const userId of userIds.slice(0, 2))
      await ann.socket.demand('removeMember', { id: mintUuid(), conversationId: groupId, userId });
    const shared = [{ userId: ben.userId, delivered: seq, read: seq }];
    const isTold = async () => (await heardBy(ann, 'markers.moved')).length > before;
    await vi.waitFor(async () => expect(await isTold()).toBe(true), { timeout: 10_000 });
    const told = (await heardBy(ann, 'markers.moved')).at(-1)?.payload;
    expect(told).toMatchObject({ conversationId: groupId, afterMrev: 0, mrev: 1 });
    expect((told as { markers: unknown[] }).markers).toEqual(expect.arrayContaining(shared));
    const socket = await server.connect(away);
    const { answers } = await socket.demand('syncConversations', { cursors: [held] });
    expect(answers).toMatchObject([{ head: { mrev: 1 }, markers: expect.arrayContaining(shared) }]);
  },
);
