import { v7 as mintUuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Reply } from '@parley/shared/contract/reply.ts';
import { directConversationId } from '../../crypto/direct-conversation-id.ts';
import { codeOf, gather, gatherGroup, heardBy, type Participant, say } from '../../testing/participants.ts';
import { startTestServer, type TestServer } from '../../testing/start-test-server.ts';

// Servers, stores and sockets take their time on a busy machine.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let server: TestServer;
let ann: Participant;
let ben: Participant;
let cem: Participant;
let dora: Participant;
beforeAll(async () => {
  server = await startTestServer({ config: { maxGroupMembers: 4 } });
});
beforeEach(async () => {
  [ann, ben, cem, dora] = (await gather(server, ['Ann', 'Ben', 'Cem', 'Dora'])) as [
    Participant,
    Participant,
    Participant,
    Participant,
  ];
});
afterAll(() => server.close());

const add = (by: Participant, conversationId: string, ...people: Participant[]) =>
  by.socket.ask('addMembers', { id: mintUuid(), conversationId, userIds: people.map(({ userId }) => userId) });
const remove = (by: Participant, conversationId: string, { userId }: Participant) =>
  by.socket.ask('removeMember', { id: mintUuid(), conversationId, userId });
const leave = (who: Participant, conversationId: string) =>
  who.socket.ask('leaveGroup', { id: mintUuid(), conversationId });
async function membersOf(conversationId: string, by = ann) {
  const { members } = await by.socket.demand('getMembers', { conversationId });
  return new Map(members.map(({ userId, role, state }) => [userId, `${role} ${state}`]));
}
async function rangesOf(who: Participant, conversationId: string) {
  const { entries } = await who.socket.demand('syncAccount', { rev: 0 });
  const entry = entries.find(({ kind, key }) => kind === 'membership' && key === conversationId);
  return entry?.kind === 'membership' ? entry.ranges : undefined;
}
async function textsOf(who: Participant, conversationId: string) {
  const { messages } = await who.socket.demand('pageMessages', { conversationId });
  return messages.map((message) =>
    message.kind === 'text' ? message.text : message.kind === 'system' ? message.event.type : message.kind,
  );
}

describe('groups', () => {
  test('D1 D2 a group has the id of its intent, its owner, its members and a first message; again is the same', async () => {
    const id = mintUuid();
    const input = { id, title: 'Hikers', memberIds: [ben.userId, ben.userId, ann.userId, cem.userId] };
    const placed = await ann.socket.demand('createGroup', input);
    expect(placed).toMatchObject({ seq: 1, rev: 1 });
    expect(await ann.socket.demand('createGroup', input)).toEqual(placed);
    expect(await membersOf(id)).toEqual(
      new Map([
        [ann.userId, 'owner in'],
        [ben.userId, 'member in'],
        [cem.userId, 'member in'],
      ]),
    );
    expect(codeOf(await ben.socket.ask('createGroup', { ...input, memberIds: [] }))).toBe('intent_of_another');
    const pushed = await heardBy(ben);
    expect(pushed.map(({ name }) => name)).toEqual(['account.changed', 'conversation.changed']);
    expect(pushed[1]?.payload).toMatchObject({
      conversationId: id,
      afterRev: 0,
      rev: 1,
      change: { records: { info: { title: 'Hikers' }, messages: [{ event: { type: 'group-created' } }] } },
    });
  });

  test('D1 adding who is in already is done with: said again when they are out, it does not bring them back', async () => {
    const conversationId = await gatherGroup([ann, ben]);
    const addition = { id: mintUuid(), conversationId, userIds: [ben.userId] };
    const answer = await ann.socket.demand('addMembers', addition);
    await leave(ben, conversationId);
    expect(await ann.socket.demand('addMembers', addition)).toEqual(answer);
    expect((await membersOf(conversationId)).get(ben.userId)).toBe('member left');
  });

  test('D1 one id is one act: said for another one it is refused, and does nothing', async () => {
    const conversationId = await gatherGroup([ann, ben]);
    const acts = {
      updateProfile: { name: 'Anna' },
      renameContact: { userId: ben.userId, alias: 'Benny' },
      addMembers: { conversationId, userIds: [ben.userId] },
      sendMessage: { conversationId, text: 'Hello' },
    } as const;
    const keys = Object.keys(acts) as (keyof typeof acts)[];
    const act = (key: keyof typeof acts, id: string): Promise<Reply<unknown>> =>
      ann.socket.ask(key, { id, ...acts[key] } as never);
    for (const key of keys) {
      const id = mintUuid();
      expect(codeOf(await act(key, id))).toBe('ok');
      for (const other of keys.filter((name) => name !== key)) {
        expect([key, other, codeOf(await act(other, id))]).toEqual([key, other, 'intent_of_another']);
      }
    }
    expect((await ann.socket.demand('pageMessages', { conversationId })).messages).toHaveLength(2);
  });

  test('D16 who sees only what comes after joining sees who added them: told, caught up and in a page', async () => {
    const conversationId = await gatherGroup([ann, ben], 'since-joining');
    await say(ann, conversationId, 'before');
    const id = mintUuid();
    await ann.socket.demand('addMembers', { id, conversationId, userIds: [cem.userId] });
    const line = { id, kind: 'system', authorId: ann.userId, event: { type: 'members-added', userIds: [cem.userId] } };
    const told = (await heardBy(cem, 'conversation.changed')).map(({ payload }) => payload);
    expect(told).toMatchObject([{ conversationId, change: { records: { messages: [line] } } }]);
    const cursors = [{ conversationId, rev: 0, mrev: 0, seq: 0 }];
    const { answers } = await cem.socket.demand('syncConversations', { cursors });
    expect(answers[0]?.records.messages).toMatchObject([line]);
    expect((await cem.socket.demand('pageMessages', { conversationId })).messages).toMatchObject([line]);
  });

  test('nobody is added whom one does not know', async () => {
    const [stranger] = (await gather(server, ['Stranger'])) as [Participant];
    const groupId = await gatherGroup([ann, ben]);
    expect(codeOf(await add(ann, groupId, cem, stranger))).toBe('no_such_person');
    expect(codeOf(await ann.socket.ask('createGroup', { id: mintUuid(), title: 'No', memberIds: [mintUuid()] }))).toBe(
      'no_such_person',
    );
    expect((await membersOf(groupId)).size).toBe(2);
  });

  test('a group holds as many as the server allows, from its first day', async () => {
    const [eve] = (await gather(server, ['Eve'])) as [Participant];
    await ann.socket.demand('addContact', { id: mintUuid(), email: eve.email });
    const everybody = [ben, cem, dora, eve].map(({ userId }) => userId);
    expect(codeOf(await ann.socket.ask('createGroup', { id: mintUuid(), title: 'Many', memberIds: everybody }))).toBe(
      'group_full',
    );
    const groupId = await gatherGroup([ann, ben, cem]);
    expect(codeOf(await add(ann, groupId, dora, eve))).toBe('group_full');
    expect(codeOf(await add(ann, groupId, dora, ben))).toBe('ok');
    expect(codeOf(await add(ann, groupId, eve))).toBe('group_full');
    expect(codeOf(await leave(dora, groupId))).toBe('ok');
    expect(codeOf(await add(ann, groupId, eve))).toBe('ok');
  });

  test('D1 people who are added at once by two members never make it too full', async () => {
    const [eve] = (await gather(server, ['Eve'])) as [Participant];
    await ben.socket.demand('addContact', { id: mintUuid(), email: eve.email });
    const groupId = await gatherGroup([ann, ben, cem]);
    const codes = (await Promise.all([add(ann, groupId, dora), add(ben, groupId, eve)])).map(codeOf);
    expect(codes.toSorted()).toEqual(['group_full', 'ok']);
  });

  test('a title is changed by any member, and reaches everybody', async () => {
    const groupId = await gatherGroup([ann, ben]);
    await ben.socket.demand('renameGroup', { id: mintUuid(), conversationId: groupId, title: 'Named by Ben' });
    const { conversations } = await ann.socket.demand('listConversations', {});
    expect(conversations).toMatchObject([
      { conversationId: groupId, info: { title: 'Named by Ben', rev: 2 }, head: { rev: 2 } },
    ]);
    expect((await heardBy(ann, 'conversation.changed')).at(-1)?.payload).toMatchObject({
      rev: 2,
      change: { records: { info: { title: 'Named by Ben' }, messages: [{ event: { type: 'title-changed' } }] } },
    });
  });

  test('only an owner removes, and only who is in', async () => {
    const groupId = await gatherGroup([ann, ben, cem]);
    expect(codeOf(await remove(ben, groupId, cem))).toBe('forbidden');
    expect(codeOf(await remove(ann, groupId, ann))).toBe('not_found');
    expect(codeOf(await remove(ann, groupId, dora))).toBe('not_found');
    expect(codeOf(await remove(ann, groupId, cem))).toBe('ok');
    expect(codeOf(await remove(ann, groupId, cem))).toBe('not_found');
    expect((await membersOf(groupId)).get(cem.userId)).toBe('member removed');
  });

  test('D1 a removal said again after the person was added again does not remove them twice', async () => {
    const groupId = await gatherGroup([ann, ben]);
    const removal = { id: mintUuid(), conversationId: groupId, userId: ben.userId };
    const first = await ann.socket.demand('removeMember', removal);
    await add(ann, groupId, ben);
    expect(await ann.socket.demand('removeMember', removal)).toEqual(first);
    expect((await membersOf(groupId)).get(ben.userId)).toBe('member in');
  });

  test('the last owner hands the group to its longest-standing member, and the last member just goes', async () => {
    const groupId = await gatherGroup([ann]);
    // Against the order of their ids.
    const [late, early] = [cem, dora].toSorted((a, b) => (a.userId < b.userId ? -1 : 1)) as [Participant, Participant];
    await add(ann, groupId, early);
    await add(ann, groupId, late);
    expect(codeOf(await leave(ann, groupId))).toBe('ok');
    expect(codeOf(await leave(ann, groupId))).toBe('not_a_member');
    const members = await membersOf(groupId, early);
    expect([members.get(ann.userId), members.get(early.userId), members.get(late.userId)]).toEqual([
      'member left',
      'owner in',
      'member in',
    ]);
    expect(codeOf(await remove(early, groupId, late))).toBe('ok');
    expect(codeOf(await leave(early, groupId))).toBe('ok');
    expect((await membersOf(groupId, early)).get(early.userId)).toBe('member left');
  });
});

describe('D16 what who joins may see', () => {
  test.each([
    ['everything', ['group-created', 'before', 'members-added', 'after']],
    ['since-joining', ['members-added', 'after']],
  ] as const)('D16 %s', async (history, seen) => {
    const groupId = await gatherGroup([ann, ben], history);
    await say(ann, groupId, 'before');
    await add(ann, groupId, cem);
    await say(ann, groupId, 'after');
    expect(await textsOf(cem, groupId)).toEqual(seen);
  });

  test('D16 who is added again gets a new range, also where the whole history is shown', async () => {
    const groupId = await gatherGroup([ann, ben]);
    await say(ann, groupId, 'first');
    await remove(ann, groupId, ben);
    await say(ann, groupId, 'hidden');
    await add(ann, groupId, ben);
    await say(ann, groupId, 'last');
    expect(await textsOf(ben, groupId)).toEqual(['group-created', 'first', 'member-removed', 'members-added', 'last']);
    expect(await rangesOf(ben, groupId)).toEqual([
      { fromRev: 0, fromSeq: 0, untilRev: 3, untilSeq: 3 },
      { fromRev: 5, fromSeq: 5 },
    ]);
    expect(codeOf(await leave(ben, groupId))).toBe('ok');
    expect((await rangesOf(ben, groupId))?.at(-1)).toEqual({ fromRev: 5, fromSeq: 5, untilRev: 7, untilSeq: 7 });
  });

  test('D16 D13 pushes keep to the ranges', async () => {
    const groupId = await gatherGroup([ann, ben], 'since-joining');
    await say(ann, groupId);
    await add(ann, groupId, cem);
    await say(ann, groupId);
    await remove(ann, groupId, cem);
    await say(ann, groupId);
    await add(ann, groupId, cem);
    const pushed = (await heardBy(cem, 'conversation.changed')).map(({ payload }) => payload as { rev: number });
    expect(pushed.map(({ rev }) => rev)).toEqual([3, 4, 5, 7]);
  });
});

describe('direct conversations', () => {
  const open = (who: Participant, other: Participant) => who.socket.demand('openDirect', { userId: other.userId });
  const write = (who: Participant, other: Participant, changes: object = {}) =>
    who.socket.ask('sendMessage', {
      id: mintUuid(),
      conversationId: directConversationId(who.userId, other.userId),
      directWith: other.userId,
      text: `From ${who.name}`,
      ...changes,
    });

  test('D1 the id is one for both, and comes to be with the first message', async () => {
    const { conversationId, profile } = await open(ann, ben);
    expect(conversationId).toBe(directConversationId(ben.userId, ann.userId));
    expect(profile).toMatchObject({ userId: ben.userId, name: 'Ben' });
    expect((await ann.socket.demand('listConversations', {})).conversations).toEqual([]);
    expect(codeOf(await write(ann, ben))).toBe('ok');
    expect((await ben.socket.demand('listConversations', {})).conversations).toMatchObject([
      { conversationId, info: { kind: 'direct' } },
    ]);
    expect((await open(ben, ann)).conversationId).toBe(conversationId);
  });

  test('D1 two first messages at once meet in one conversation', async () => {
    await ben.socket.demand('addContact', { id: mintUuid(), email: ann.email });
    expect((await Promise.all([write(ann, ben), write(ben, ann)])).map(codeOf)).toEqual(['ok', 'ok']);
    const texts = await textsOf(ann, directConversationId(ann.userId, ben.userId));
    expect(texts.toSorted()).toEqual(['From Ann', 'From Ben']);
    expect(await textsOf(ben, directConversationId(ann.userId, ben.userId))).toEqual(texts);
  });

  test('a first message names whom it is for, and them alone', async () => {
    const [stranger] = (await gather(server, ['Stranger'])) as [Participant];
    expect(codeOf(await write(ann, ben, { directWith: cem.userId }))).toBe('not_a_member');
    expect(codeOf(await write(ann, ben, { directWith: undefined }))).toBe('not_a_member');
    expect(codeOf(await write(ann, ann))).toBe('contact_is_self');
    expect(codeOf(await write(ann, stranger))).toBe('no_such_person');
    expect(codeOf(await write(ann, ben, { conversationId: mintUuid() }))).toBe('not_a_member');
    expect(codeOf(await ann.socket.ask('openDirect', { userId: mintUuid() }))).toBe('no_such_person');
  });

  test('it is no group: nobody is added, removed, leaves or renames', async () => {
    await write(ann, ben);
    const conversationId = directConversationId(ann.userId, ben.userId);
    const codes = [
      await add(ann, conversationId, cem),
      await remove(ann, conversationId, ben),
      await leave(ann, conversationId),
      await ann.socket.ask('renameGroup', { id: mintUuid(), conversationId, title: 'Us' }),
    ].map(codeOf);
    expect(codes).toEqual(['not_a_group', 'not_a_group', 'not_a_group', 'not_a_group']);
  });
});
