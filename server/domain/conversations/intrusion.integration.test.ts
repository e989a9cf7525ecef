import { v7 as mintUuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { directConversationId } from '../../crypto/direct-conversation-id.ts';
import { codeOf, gather, gatherGroup, type Participant } from '../../testing/participants.ts';
import { startTestServer, type TestServer } from '../../testing/start-test-server.ts';

let server: TestServer;
let ann: Participant;
let ben: Participant;
let mallory: Participant;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  [ann, ben, mallory] = (await gather(server, ['Ann', 'Ben', 'Mallory'])) as [Participant, Participant, Participant];
});
afterAll(() => server.close());

const said = (conversationId: string, text: string) => ({ id: mintUuid(), conversationId, text });

describe('what others may try', () => {
  test('S12 nobody makes a group under the id of two other people’s conversation', async () => {
    const id = directConversationId(ann.userId, ben.userId);
    const taken = await mallory.socket.ask('createGroup', { id, title: 'Ben', memberIds: [ann.userId, ben.userId] });
    expect(codeOf(taken)).toBe('invalid_request');
    expect(
      await ann.socket.demand('sendMessage', { ...said(id, 'for Ben only'), directWith: ben.userId }),
    ).toMatchObject({
      seq: 1,
    });
    expect(codeOf(await mallory.socket.ask('pageMessages', { conversationId: id }))).toBe('not_a_member');
  });

  test('S11 a page of the longest messages stays below 512 KB, and the rest comes with the next', async () => {
    const groupId = await gatherGroup([ann, ben]);
    const text = '\u0001'.repeat(20_000);
    for (let n = 0; n < 12; n += 1) await ann.socket.demand('sendMessage', said(groupId, text));
    const seen: number[] = [];
    for (let before = 14, more = true; more;) {
      const page = await ben.socket.demand('pageMessages', { conversationId: groupId, before, limit: 100 });
      expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(512 * 1024);
      seen.unshift(...page.messages.map(({ seq }) => seq));
      ({ hasMore: more } = page);
      before = seen[0] ?? 0;
    }
    expect(seen).toEqual(Array.from({ length: 13 }, (_, index) => index + 1));
  });

  test('D11 somebody who was removed no longer sees who is there', async () => {
    const groupId = await gatherGroup([ann, ben]);
    await ann.socket.demand('removeContact', { id: mintUuid(), userId: ben.userId });
    const watch = () => ben.socket.demand('watchPresence', { userIds: [ann.userId] });
    expect((await watch()).people.map(({ userId }) => userId)).toEqual([ann.userId]);
    await ann.socket.demand('removeMember', { id: mintUuid(), conversationId: groupId, userId: ben.userId });
    expect((await watch()).people).toEqual([]);
  });
});

describe('newcomers', () => {
  test('D9 what was said before they came counts as read, for them and for the others’ ticks', async () => {
    const groupId = await gatherGroup([ann, ben]);
    await ann.socket.demand('sendMessage', said(groupId, 'early'));
    const { seq } = await ann.socket.demand('addMembers', {
      id: mintUuid(),
      conversationId: groupId,
      userIds: [mallory.userId],
    });
    const { entries } = await mallory.socket.demand('syncAccount', { rev: 0 });
    expect(entries).toContainEqual(expect.objectContaining({ kind: 'marker', key: groupId, read: seq }));
    await expect
      .poll(async () => (await ann.socket.demand('getMembers', { conversationId: groupId })).markers)
      .toContainEqual({ userId: mallory.userId, delivered: seq, read: seq });
  });

  test('D1 adding somebody who is in already changes nothing and says where things stand', async () => {
    const groupId = await gatherGroup([ann, ben]);
    const add = { id: mintUuid(), conversationId: groupId, userIds: [ben.userId] };
    expect(await ann.socket.demand('addMembers', add)).toMatchObject({ seq: 1, rev: 1 });
    expect((await ann.socket.demand('pageMessages', { conversationId: groupId })).messages).toHaveLength(1);
  });
});
