import { v7 as mintUuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { wireLimits } from '@parley/shared/contract/limits.ts';
import { codeOf, gather, gatherGroup, heardBy, type Participant, say } from '../../testing/participants.ts';
import { startTestServer, type TestServer } from '../../testing/start-test-server.ts';

// Servers, stores and sockets take their time on a busy machine.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let server: TestServer;
let ann: Participant;
let ben: Participant;
let cem: Participant;
let groupId: string;
beforeAll(async () => {
  server = await startTestServer();
  [ann, ben, cem] = (await gather(server, ['Ann', 'Ben', 'Cem'])) as [Participant, Participant, Participant];
});
afterAll(() => server.close());
beforeEach(async () => {
  groupId = await gatherGroup([ann, ben, cem]);
});

const send = (who: Participant, changes: object = {}) =>
  who.socket.ask('sendMessage', { id: mintUuid(), conversationId: groupId, text: 'Hello', ...changes });
const page = (who: Participant, place: { before?: number; after?: number; limit?: number } = {}) =>
  who.socket.demand('pageMessages', { conversationId: groupId, ...place });
const seqsOf = ({ messages }: { messages: { seq: number }[] }) => messages.map(({ seq }) => seq);

describe('sending', () => {
  test('D1 D2 said twice, over two devices, it is one message with one answer', async () => {
    const device = await server.signIn(ann);
    const phone = { ...device, socket: await server.connect(device) };
    const id = mintUuid();
    const answers = await Promise.all([send(ann, { id }), send(phone, { id }), send(ann, { id })]);
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    expect(seqsOf(await page(ben))).toEqual([1, 2]);
    expect(await send(phone, { id, text: 'Another text' })).toEqual(answers[0]);
  });

  test('D1 an id somebody else used is refused, here and elsewhere', async () => {
    const { id } = await say(ann, groupId);
    expect(codeOf(await send(ben, { id }))).toBe('intent_of_another');
    const other = await gatherGroup([ann, ben]);
    expect(codeOf(await send(ann, { id, conversationId: other }))).toBe('intent_of_another');
  });

  test('D1 the answer is kept for who has been removed since', async () => {
    const id = mintUuid();
    const first = await send(ben, { id });
    await ann.socket.demand('removeMember', { id: mintUuid(), conversationId: groupId, userId: ben.userId });
    expect(await send(ben, { id })).toEqual(first);
    expect(codeOf(await send(ben))).toBe('not_a_member');
  });

  test('D1 said again after a crash it has the same answer', async () => {
    const alone = await startTestServer();
    const [eve] = (await gather(alone, ['Eve'])) as [Participant];
    const conversationId = await gatherGroup([eve]);
    const message = { id: mintUuid(), conversationId, text: 'Once' };
    const first = await eve.socket.demand('sendMessage', message);
    await alone.crash();
    await alone.restart();
    const socket = await alone.connect(eve);
    expect(await socket.demand('sendMessage', message)).toEqual(first);
    expect((await socket.demand('pageMessages', { conversationId })).messages).toHaveLength(2);
    await alone.close();
  });

  test('D3 everybody else hears it once, the sending socket hears its answer', async () => {
    const { id, rev, seq } = await say(ann, groupId, 'For all');
    const told = (await heardBy(ben, 'conversation.changed')).map(({ payload }) => payload);
    expect(told.filter((payload) => (payload as { changeId: string }).changeId === id)).toMatchObject([
      {
        conversationId: groupId,
        afterRev: rev - 1,
        rev,
        change: { records: { messages: [{ id, seq, rev, text: 'For all' }] } },
      },
    ]);
    expect(JSON.stringify(await heardBy(ann, 'conversation.changed'))).not.toContain(id);
  });

  test('a message has words, and not too many of them', async () => {
    expect(codeOf(await send(ann, { text: ' \n ' }))).toBe('invalid_request');
    expect(codeOf(await send(ann, { text: 'x'.repeat(wireLimits.messageMaxChars) }))).toBe('ok');
    expect(codeOf(await send(ann, { text: 'x'.repeat(wireLimits.messageMaxChars + 1) }))).toBe('invalid_request');
  });

  test('D16 an answer is to a message of this conversation that its author can see', async () => {
    const first = await say(ann, groupId);
    const other = await gatherGroup([ann, ben], 'since-joining');
    const elsewhere = await say(ann, other);
    const reply = (who: Participant, replyTo: string, conversationId = groupId) =>
      send(who, { replyTo, conversationId });
    expect(codeOf(await reply(ben, first.id))).toBe('ok');
    expect((await page(cem)).messages.at(-1)).toMatchObject({ replyTo: first.id });
    expect(codeOf(await reply(ben, elsewhere.id))).toBe('reply_target_missing');
    expect(codeOf(await reply(ben, mintUuid()))).toBe('reply_target_missing');
    await ann.socket.demand('addMembers', { id: mintUuid(), conversationId: other, userIds: [cem.userId] });
    expect(codeOf(await reply(cem, elsewhere.id, other))).toBe('reply_target_missing');
  });

  test('D9 a send moves the read marker of its author, as far as it says and no further', async () => {
    const { seq } = await say(ben, groupId);
    await say(ben, groupId);
    await send(ann, { readUpTo: seq });
    await ann.socket.next('account.changed');
    // Moves of one conversation are written together: this answer comes after them.
    await cem.socket.demand('moveMarkers', { moves: [{ conversationId: groupId, delivered: 1 }] });
    const { markers } = await ann.socket.demand('getMembers', { conversationId: groupId });
    expect(markers).toContainEqual({ userId: ann.userId, delivered: seq, read: seq });
  });
});

describe('D16 pages', () => {
  test('D16 from the newest back and from the oldest on, to the ends', async () => {
    for (let count = 0; count < 9; count += 1) await say(ann, groupId);
    expect(await page(ben, { limit: 4 })).toMatchObject({ atRev: 10, hasMore: true });
    expect(seqsOf(await page(ben, { limit: 4 }))).toEqual([7, 8, 9, 10]);
    expect(seqsOf(await page(ben, { limit: 4, before: 7 }))).toEqual([3, 4, 5, 6]);
    const last = await page(ben, { limit: 4, before: 3 });
    expect([seqsOf(last), last.hasMore]).toEqual([[1, 2], false]);
    const up = await page(ben, { limit: 4, after: 2 });
    expect([seqsOf(up), up.hasMore]).toEqual([[3, 4, 5, 6], true]);
    const end = await page(ben, { limit: 4, after: 6 });
    expect([seqsOf(end), end.hasMore]).toEqual([[7, 8, 9, 10], false]);
    expect(seqsOf(await page(ben, { after: 99 }))).toEqual([]);
    expect(seqsOf(await page(ben, { before: 1 }))).toEqual([]);
    const both = await ben.socket.ask('pageMessages', { conversationId: groupId, before: 5, after: 2 });
    expect(codeOf(both)).toBe('invalid_request');
  });

  test('D16 S7 a page asked while its reader is removed holds nothing from after', async () => {
    for (let round = 0; round < 20; round += 1) {
      const conversationId = await gatherGroup([ann, ben]);
      const removing = ann.socket.demand('removeMember', { id: mintUuid(), conversationId, userId: ben.userId });
      const saying = Array.from({ length: 10 }, () => say(ann, conversationId));
      const pages = Array.from({ length: 5 }, () => ben.socket.demand('pageMessages', { conversationId }));
      const { rev, seq } = await removing;
      await Promise.all(saying);
      for (const { atRev, messages } of await Promise.all(pages)) {
        expect(Math.max(...messages.map((message) => message.seq))).toBeLessThanOrEqual(seq);
        expect(atRev).toBeLessThanOrEqual(rev);
      }
    }
  });
});

describe('D9 receipts', () => {
  test('D9 counts are of the others who are in', async () => {
    const { seq } = await say(ann, groupId);
    await say(ann, groupId);
    const move = (who: Participant, changes: object) =>
      who.socket.demand('moveMarkers', { moves: [{ conversationId: groupId, ...changes }] });
    await move(ben, { delivered: seq + 1, read: seq });
    await move(cem, { delivered: seq });
    await move(ann, { read: seq + 1 });
    const count = async () =>
      (await ann.socket.demand('countReceipts', { conversationId: groupId, seqs: [seq, seq + 1] })).receipts;
    expect(await count()).toEqual([
      { seq, delivered: 2, read: 1, others: 2 },
      { seq: seq + 1, delivered: 1, read: 0, others: 2 },
    ]);
    await cem.socket.demand('leaveGroup', { id: mintUuid(), conversationId: groupId });
    expect((await count())[0]).toEqual({ seq, delivered: 1, read: 1, others: 1 });
  });

  test('D9 asked for at most a screenful', async () => {
    const seqs = Array.from({ length: wireLimits.receiptsMaxMessages + 1 }, (_, index) => index);
    expect(codeOf(await ann.socket.ask('countReceipts', { conversationId: groupId, seqs }))).toBe('invalid_request');
  });
});
