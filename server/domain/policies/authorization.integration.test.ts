import { v7 as mintUuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type OperationKey, operations, type Operations } from '@parley/shared/contract/registry.ts';
import type { InputOf } from '@parley/shared/contract/define.ts';
import { directConversationId } from '../../crypto/direct-conversation-id.ts';
import { codeOf, gather, gatherGroup, heardBy, type Participant, say } from '../../testing/participants.ts';
import { startTestServer, type TestServer } from '../../testing/start-test-server.ts';

// Servers, stores and sockets take their time on a busy machine.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

/**
 * Who asks. `acquaintance` shares another group with the owner, `second` is another device of `member`; `removed` and `left` were in
 * the group and saw its first words.
 */
const principals = ['stranger', 'acquaintance', 'member', 'second', 'owner', 'removed', 'left'] as const;
type Principal = (typeof principals)[number];

/** Everybody may, for what is their own; or the code for each, `ok` where nothing is said. */
type Expected = 'ok' | Partial<Record<Principal, string>>;

interface Row<K extends OperationKey> {
  input(who: Principal): InputOf<Operations[K]>;
  replies: Expected;
  /** What an allowed answer may not hold for whoever is not in: words and facts from after they went. */
  isSecretToOutsiders?: boolean;
}

const outside = { stranger: 'not_a_member', acquaintance: 'not_a_member' } as const;
const notIn = { ...outside, removed: 'not_a_member', left: 'not_a_member' } as const;

let server: TestServer;
let people: Record<Principal, Participant>;
let groupId: string;
let sideGroupId: string;
let target: Participant;
let replyTarget: string;
const secretWords = 'words-for-members-only';
const secretTitle = 'title-for-members-only';
const secretId = mintUuid();

/** An operation that is missing here does not compile; one that is new fails the first test besides. */
const rows: { [K in Exclude<OperationKey, PublicKey>]: Row<K> } = {
  logout: { input: () => ({}), replies: 'ok' },
  hello: { input: () => ({}), replies: 'ok' },
  getAccount: { input: () => ({}), replies: 'ok' },
  updateProfile: { input: (who) => ({ id: mintUuid(), name: who }), replies: 'ok' },
  listSessions: { input: () => ({}), replies: 'ok' },
  /** A session of somebody else is one that does not exist. */
  revokeSession: {
    input: () => ({ sessionId: target.sessionId }),
    replies: Object.fromEntries(principals.map((who) => [who, 'not_found'])),
  },
  getProfiles: { input: () => ({ people: [{ userId: target.userId }] }), replies: 'ok' },
  addContact: { input: () => ({ id: mintUuid(), email: target.email }), replies: 'ok' },
  renameContact: {
    input: () => ({ id: mintUuid(), userId: people.owner.userId, alias: 'Boss' }),
    replies: Object.fromEntries(principals.map((who) => [who, 'not_found'])),
  },
  removeContact: { input: () => ({ id: mintUuid(), userId: people.stranger.userId }), replies: 'ok' },
  listConversations: { input: () => ({}), replies: 'ok', isSecretToOutsiders: true },
  getMembers: { input: () => ({ conversationId: groupId }), replies: outside, isSecretToOutsiders: true },
  openDirect: {
    input: () => ({ userId: people.owner.userId }),
    replies: { stranger: 'no_such_person', owner: 'contact_is_self' },
  },
  createGroup: {
    input: () => ({ id: mintUuid(), title: 'Other', memberIds: [people.owner.userId] }),
    replies: { stranger: 'no_such_person' },
  },
  addMembers: {
    input: (who) => ({ id: mintUuid(), conversationId: groupId, userIds: [people[who].userId] }),
    /** Nobody is added whom one does not know: that comes first. */
    replies: { ...notIn, stranger: 'no_such_person' },
  },
  removeMember: {
    input: () => ({ id: mintUuid(), conversationId: groupId, userId: mintUuid() }),
    replies: { ...notIn, member: 'forbidden', second: 'forbidden', owner: 'not_found' },
  },
  leaveGroup: {
    input: (who) => ({ id: mintUuid(), conversationId: who === 'owner' ? sideGroupId : groupId }),
    /** The member leaves over one device, and is out over the other. */
    replies: { ...notIn, second: 'not_a_member' },
  },
  renameGroup: { input: () => ({ id: mintUuid(), conversationId: groupId, title: secretTitle }), replies: notIn },
  sendMessage: { input: () => ({ id: mintUuid(), conversationId: groupId, text: secretWords }), replies: notIn },
  pageMessages: { input: () => ({ conversationId: groupId }), replies: outside, isSecretToOutsiders: true },
  countReceipts: { input: () => ({ conversationId: groupId, seqs: [1] }), replies: notIn },
  moveMarkers: { input: () => ({ moves: [{ conversationId: groupId, delivered: 99, read: 99 }] }), replies: 'ok' },
  putDraft: {
    input: (who) => ({ id: mintUuid(), conversationId: groupId, text: who, baseVersion: 0 }),
    replies: 'ok',
    isSecretToOutsiders: true,
  },
  putNotices: {
    input: () => ({ id: mintUuid(), conversationId: groupId, mutedUntil: 0 }),
    replies: outside,
    isSecretToOutsiders: true,
  },
  watchPresence: { input: () => ({ userIds: [people.member.userId] }), replies: 'ok' },
  setTyping: { input: () => ({ conversationId: groupId, isTyping: true }), replies: notIn },
  syncAccount: { input: () => ({ rev: 0 }), replies: 'ok', isSecretToOutsiders: true },
  syncConversations: {
    input: () => ({ cursors: [{ conversationId: groupId, rev: 0, mrev: 0, seq: 0 }] }),
    replies: 'ok',
    isSecretToOutsiders: true,
  },
  syncChanges: {
    input: () => ({ conversationId: groupId, afterRev: 0, throughRev: 999, throughSeq: 999 }),
    replies: outside,
    isSecretToOutsiders: true,
  },
  checkSync: {
    input: () => ({ accountRev: 0, sums: { conversations: 0, revs: 0, mrevs: 0 } }),
    replies: 'ok',
    isSecretToOutsiders: true,
  },
};

type PublicKey = {
  [K in OperationKey]: K extends 'describeServer' | 'checkLive' | 'checkReady' | 'register' | 'login' | 'refresh'
    ? K
    : never;
}[OperationKey];
type RowKey = keyof typeof rows;
const rowKeys = Object.keys(rows) as RowKey[];
/** Those that end what the others need go last. */
const inOrder = rowKeys.toSorted((a, b) => Number(isLast(a)) - Number(isLast(b)));
function isLast(key: RowKey): boolean {
  return key === 'leaveGroup';
}

beforeAll(async () => {
  server = await startTestServer();
  const [owner, member, removed, left, acquaintance] = (await gather(server, [
    'Owner',
    'Member',
    'Removed',
    'Left',
    'Acquaintance',
  ])) as [Participant, Participant, Participant, Participant, Participant];
  const [stranger] = (await gather(server, ['Stranger'])) as [Participant];
  [target] = (await gather(server, ['Target'])) as [Participant];
  const device = await server.signIn(member);
  const second = { ...device, socket: await server.connect(device) };
  people = { stranger, acquaintance, member, second, owner, removed, left };
  groupId = await gatherGroup([owner, member, removed, left]);
  sideGroupId = await gatherGroup([owner, acquaintance]);
  replyTarget = (await say(owner, groupId, 'words for all')).id;
  await left.socket.demand('leaveGroup', { id: mintUuid(), conversationId: groupId });
  await owner.socket.demand('removeMember', { id: mintUuid(), conversationId: groupId, userId: removed.userId });
  await owner.socket.demand('renameGroup', { id: mintUuid(), conversationId: groupId, title: secretTitle });
  await owner.socket.demand('sendMessage', { id: secretId, conversationId: groupId, text: secretWords });
});
afterAll(() => server.close());

test('S12 every operation that needs a session has its row', () => {
  const needed = Object.entries(operations)
    .filter(([, { auth }]) => auth === 'session')
    .map(([key]) => key);
  expect(rowKeys.toSorted()).toEqual(needed.toSorted());
});

describe('S12 without a token', () => {
  test.each(Object.entries(operations).filter(([, { auth, rest }]) => auth === 'session' && rest !== undefined))(
    'S12 %s over HTTP',
    async (_key, { rest }) => {
      const path = (rest?.path ?? '').replaceAll(/\{\w+\}/g, mintUuid());
      const isBodiless = rest?.method === 'GET' || rest?.method === 'DELETE';
      const request = { method: rest?.method ?? 'GET', ...(isBodiless ? {} : { body: {} }) };
      const { status, reply } = await server.call(path, request);
      expect([status, codeOf(reply)]).toEqual([401, 'unauthenticated']);
    },
  );

  test('S12 over a socket nobody gets as far as asking', async () => {
    await expect(server.connectWith({ token: '', protocol: 1 })).rejects.toThrow('unauthenticated');
  });
});

const isOutside = (who: Principal) => !['member', 'second', 'owner'].includes(who);

/** What an answer gives away to somebody who is not in. */
const leakedBy = (reply: unknown) =>
  [secretWords, secretTitle, secretId].filter((secret) => JSON.stringify(reply).includes(secret));

/** Not over a socket: a session that is made for it ends, nobody else's. */
async function askToLogOut(who: Principal) {
  const extra = await server.signIn(people[who]);
  return (await server.call('/api/auth/logout', { body: {}, token: extra.accessToken })).reply;
}

describe.each(inOrder)('S12 %s', (key) => {
  test.each(principals)('S12 asked by %s', async (who) => {
    const row = rows[key] as Row<typeof key>;
    const expected = row.replies === 'ok' ? 'ok' : (row.replies[who] ?? 'ok');
    const { socket } = people[who];
    const reply = key === 'logout' ? await askToLogOut(who) : await socket.ask(key, row.input(who) as never);
    expect(codeOf(reply)).toBe(expected);
    expect(row.isSecretToOutsiders && isOutside(who) ? leakedBy(reply) : []).toEqual([]);
    expect(socket.raw.connected).toBe(true);
  });
});

describe('S12 what the answers hold', () => {
  test('S12 a stranger learns nothing about anybody', async () => {
    const { socket } = people.stranger;
    const everybody = [people.owner, people.member, people.removed].map(({ userId }) => userId);
    expect(await socket.demand('watchPresence', { userIds: everybody })).toEqual({ people: [] });
    expect(await socket.demand('getProfiles', { people: everybody.map((userId) => ({ userId })) })).toEqual({
      profiles: [],
    });
    expect((await socket.demand('listConversations', {})).conversations).toEqual([]);
    expect(
      await socket.demand('syncConversations', { cursors: [{ conversationId: groupId, rev: 0, mrev: 0, seq: 0 }] }),
    ).toEqual({ answers: [], unanswered: [] });
  });

  test('S12 a stranger cannot write to somebody by knowing their id', async () => {
    const { socket, userId } = people.stranger;
    const { userId: ownerId } = people.owner;
    const conversationId = directConversationId(userId, ownerId);
    const message = { id: mintUuid(), conversationId, text: 'Hello', directWith: ownerId };
    expect(codeOf(await socket.ask('sendMessage', message))).toBe('no_such_person');
  });

  test.each(['removed', 'left'] as const)(
    'S12 D16 for who has %s everything stands still where they went',
    async (who) => {
      const { socket, userId } = people[who];
      const ask = () =>
        Promise.all([
          socket.demand('syncConversations', { cursors: [{ conversationId: groupId, rev: 0, mrev: 0, seq: 0 }] }),
          socket.demand('pageMessages', { conversationId: groupId }),
          socket.demand('syncChanges', { conversationId: groupId, afterRev: 0, throughRev: 999, throughSeq: 999 }),
        ]);
      const before = await ask();
      expect(before[1].messages.map((message) => ('text' in message ? message.text : message.kind))).toContain(
        'words for all',
      );
      await say(people.owner, groupId, secretWords);
      await people.owner.socket.demand('moveMarkers', { moves: [{ conversationId: groupId, read: 99 }] });
      expect(await ask()).toEqual(before);
      const last = before[1].messages.at(-1);
      expect(last).toMatchObject(
        who === 'removed' ? { event: { type: 'member-removed', userId } } : { event: { type: 'member-left' } },
      );
      expect(before[0].answers[0]?.head).toMatchObject({ rev: last?.rev, seq: last?.seq });
      expect(before[1].atRev).toBe(last?.rev);
    },
  );

  test('S12 who is out answers to nothing said after they went, and to nothing at all', async () => {
    const reply = (id: string) =>
      people.removed.socket.ask('sendMessage', { id: mintUuid(), conversationId: groupId, text: 'Re', replyTo: id });
    expect(codeOf(await reply(secretId))).toBe('reply_target_missing');
    expect(codeOf(await reply(replyTarget))).toBe('not_a_member');
  });

  test('S12 what is pushed reaches nobody who is out', async () => {
    const { userId } = people.member;
    await people.owner.socket.demand('addMembers', { id: mintUuid(), conversationId: groupId, userIds: [userId] });
    await say(people.owner, groupId, secretWords);
    await people.owner.socket.demand('setTyping', { conversationId: groupId, isTyping: true });
    await people.member.socket.demand('moveMarkers', { moves: [{ conversationId: groupId, read: 9_999 }] });
    for (const who of ['stranger', 'acquaintance', 'removed', 'left'] as const) {
      const text = JSON.stringify(await heardBy(people[who]));
      for (const secret of [secretWords, secretTitle, secretId]) expect(text).not.toContain(secret);
      const named = (await heardBy(people[who])).filter(({ name }) =>
        ['typing.changed', 'markers.moved'].includes(name),
      );
      expect(JSON.stringify(named)).not.toContain(groupId);
    }
    expect(JSON.stringify(await heardBy(people.second))).toContain(secretWords);
  });

  test('S12 sessions and drafts are seen by their owner alone', async () => {
    const persons = principals.filter((who) => who !== 'second');
    for (const who of persons) {
      const { entries } = await people[who].socket.demand('syncAccount', { rev: 0 });
      const drafts = entries.flatMap((entry) => (entry.kind === 'draft' ? [entry.text] : []));
      expect(drafts).toEqual([who]);
      const { sessions } = await people[who].socket.demand('listSessions', {});
      const held = sessions.map(({ sessionId }) => sessionId);
      const known = principals.filter((other) => held.includes(people[other].sessionId));
      expect(known).toEqual(who === 'member' ? ['member', 'second'] : [who]);
    }
  });
});
