import type { Member } from '@parley/shared/contract/entities/conversation.ts';
import type { ConversationAnswer, Cursor } from '@parley/shared/contract/operations/sync.ts';
import type { OperationKey } from '@parley/shared/contract/registry.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { Refusal } from '../connection/ask.ts';
import type { StoredConversation } from '../ports/local-store.ts';
import {
  choir,
  exampleId,
  ines,
  me,
  membership,
  message,
  messageId,
  messages,
  noor,
  orchestra,
} from '../testing/example-entities.ts';
import { settled } from '../testing/hand-clock.ts';
import { type FakeAsk, fakeAsk, type TestAccount, testAccount } from '../testing/test-account.ts';
import { ConversationSync, type Push } from './conversation-sync.ts';

let account: TestAccount;
let recounted: string[];

beforeEach(async () => {
  account = await testAccount();
  recounted = [];
  await account.keep('feed', membership(choir), membership(orchestra));
});

function syncWith(answers: Partial<Record<OperationKey, (input: never) => unknown>> = {}) {
  const server = fakeAsk(answers);
  const sync = new ConversationSync(account.context, server.ask, (id) => void recounted.push(id));
  return { sync, server };
}

function push(rev: number, about: Partial<Push> = {}): Push {
  return {
    conversationId: choir,
    afterRev: rev - 1,
    rev,
    changeId: exampleId(7, rev),
    records: { messages: [message(rev)] },
    ...about,
  };
}

function apply(sync: ConversationSync, one: Push) {
  return account.context.memory.transact((transaction) => sync.apply(transaction, one));
}

function held(conversationId = choir): StoredConversation | undefined {
  return account.context.memory.get('conversations', conversationId);
}

async function texts() {
  const all = await account.store.readMessages({
    conversationId: choir,
    fromSeq: 1,
    toSeq: 9_999,
    limit: 9_999,
    take: 'oldest',
  });
  return all.map((one) => (one.kind === 'text' ? one.text : one.kind));
}

function answer(rev: number, about: Partial<ConversationAnswer> = {}): ConversationAnswer {
  return {
    conversationId: choir,
    head: { rev, seq: rev, changeId: exampleId(7, rev), mrev: 0 },
    cursor: rev,
    records: {},
    ...about,
  };
}

describe('pushes', () => {
  test('D4 the next is applied, an older one dropped, one beyond is a gap', async () => {
    const { sync } = syncWith();
    expect(await apply(sync, push(1))).toBe(true);
    expect(await apply(sync, push(1, { records: { messages: [message(1, { rev: 9, text: 'too old' })] } }))).toBe(true);
    expect(await apply(sync, push(3))).toBe(false);
    expect(held()).toMatchObject({ rev: 1, changeId: exampleId(7, 1), seq: 1 });
    expect(await texts()).toEqual(['text 1']);
  });

  test('D4 duplicated and out of order, with a fetch for every gap, everything is there once', async () => {
    const { sync } = syncWith({
      syncConversations: ({ cursors }: { cursors: Cursor[] }) => ({
        answers: [answer(6, { records: { messages: messages((cursors[0]?.seq ?? 0) + 1, 6) } })],
        unanswered: [],
      }),
    });
    for (const rev of [1, 2, 2, 5, 3, 1, 4, 6, 5]) {
      if (!(await apply(sync, push(rev)))) await sync.want([choir]);
    }
    expect(held()).toMatchObject({ rev: 6, seq: 6, holes: [] });
    expect(await texts()).toEqual([1, 2, 3, 4, 5, 6].map((seq) => `text ${seq}`));
  });

  test('D4 one that overlaps what is held is applied', async () => {
    const { sync } = syncWith();
    await apply(sync, push(1));
    expect(await apply(sync, push(3, { afterRev: 0, records: { messages: messages(1, 3) } }))).toBe(true);
    expect(held()).toMatchObject({ rev: 3, seq: 3 });
  });
});

describe('catching up', () => {
  test('D5 most recent first, few cursors and then up to 100 at a time, and progress is told', async () => {
    const ids = Array.from({ length: 150 }, (_, index) => exampleId(6, index));
    await account.keep('feed', ...ids.map((id) => membership(id)));
    await account.keep(
      'conversations',
      ...ids.map((conversationId, index) => ({
        conversationId,
        rev: 1,
        changeId: '',
        mrev: 0,
        seq: 1,
        holes: [],
        members: [],
        markers: [],
        lastMessage: message(1, { at: index }),
        unread: { readSeq: 0, count: 0 },
      })),
    );
    const { sync, server } = syncWith({ syncConversations: () => ({ answers: [], unanswered: [] }) });
    const told: [number, number][] = [];
    await sync.catchUp((done, total) => told.push([done, total]));
    const asked = server.asked.map(({ input }) => (input as { cursors: Cursor[] }).cursors);
    expect(asked.map(({ length }) => length)).toEqual([5, 100, 47]);
    expect(asked[0]?.[0]?.conversationId).toBe(ids[149]);
    expect(told).toEqual([
      [0, 152],
      [5, 152],
      [105, 152],
      [152, 152],
    ]);
  });

  test('D5 the more comes back, the less is asked for at once', async () => {
    const ids = Array.from({ length: 60 }, (_, index) => exampleId(6, index));
    const { sync, server } = syncWith({
      syncConversations: ({ cursors }: { cursors: Cursor[] }) => ({
        answers: cursors.map(({ conversationId }) =>
          answer(25, { conversationId, records: { messages: messages(1, 25) } }),
        ),
        unanswered: [],
      }),
    });
    await sync.want(ids);
    const asked = server.asked.map(({ input }) => (input as { cursors: Cursor[] }).cursors.length);
    expect(asked).toEqual([5, 10, 10, 10, 10, 10, 5]);
  });

  test('D5 what there was no room for, and what is not through yet, is asked again', async () => {
    const rounds: Cursor[][] = [];
    const { sync } = syncWith({
      syncConversations: ({ cursors }: { cursors: Cursor[] }) => {
        rounds.push(cursors);
        if (rounds.length > 1)
          return { answers: [answer(4, { records: { messages: messages(3, 4) } })], unanswered: [] };
        return {
          answers: [{ ...answer(4, { records: { messages: messages(1, 2) } }), cursor: 2 }],
          unanswered: cursors.slice(1).map(({ conversationId }) => conversationId),
        };
      },
    });
    await sync.want([choir, orchestra]);
    const second = new Map(rounds[1]?.map(({ conversationId, rev }) => [conversationId, rev]));
    expect(second).toEqual(
      new Map([
        [orchestra, 0],
        [choir, 2],
      ]),
    );
    expect(held()).toMatchObject({ rev: 4, changeId: exampleId(7, 4), seq: 4 });
  });

  test.each([
    ['answers nobody', () => ({ answers: [], unanswered: [choir] })],
    ['stands still', () => ({ answers: [{ ...answer(9), cursor: 0 }], unanswered: [] })],
    ['names somebody else', () => ({ answers: [answer(1)], unanswered: [exampleId(6, 6)] })],
  ])('D5 a server that %s is not asked for ever', async (_, syncConversations) => {
    const { sync, server } = syncWith({ syncConversations });
    await expect(sync.want([choir])).rejects.toThrow(Refusal);
    expect(server.asked).toHaveLength(1);
  });

  test('D4 an answer that comes after a push it does not know turns nothing back', async () => {
    let reply: (value: unknown) => void = () => {};
    const { sync } = syncWith({ syncConversations: () => new Promise((resolve) => (reply = resolve)) });
    const wanted = sync.want([choir]);
    await settled();
    await apply(sync, push(1, { records: { messages: [message(1)] } }));
    await apply(sync, push(2, { records: { messages: [message(1, { rev: 2, text: 'edited' })] } }));
    reply({ answers: [answer(1, { records: { messages: [message(1)] } })], unanswered: [] });
    await wanted;
    expect(held()).toMatchObject({ rev: 2, changeId: exampleId(7, 2) });
    expect(await texts()).toEqual(['edited']);
  });
});

describe('a leap', () => {
  const leap = (rev: number, belowSeq: number, toSeq: number) =>
    answer(rev, {
      head: { rev, seq: toSeq, changeId: exampleId(7, rev), mrev: 0 },
      leap: { belowSeq },
      records: { messages: messages(belowSeq, toSeq).map((one) => ({ ...one, rev: one.seq })) },
    });

  const member = (number: number): Member => ({ userId: exampleId(1, number), role: 'member', state: 'in', rev: 1 });
  const thousands = (atRev: number) => ({
    syncConversations: () => ({
      answers: [
        answer(500, { leap: { belowSeq: 500, membersAfter: ines }, records: { members: [member(1), member(2)] } }),
      ],
      unanswered: [],
    }),
    getMembers: ({ after }: { after?: string }) => ({
      atRev,
      members: after === ines ? [member(3), member(4)] : [member(5)],
      hasMore: after === ines,
      mrev: 0,
      markers: [],
    }),
  });

  test('D5 whose members did not all fit is stored with everyone, page by page', async () => {
    const { sync, server } = syncWith(thousands(500));
    await sync.want([choir]);
    expect(held()).toMatchObject({ rev: 500, members: [1, 2, 3, 4, 5].map(member) });
    expect(server.asked.map(({ input }) => (input as { after?: string }).after)).toEqual([
      undefined,
      ines,
      exampleId(1, 4),
    ]);
  });

  test('D4 whose other members are not to be had as new as it is moves no cursor', async () => {
    const { sync } = syncWith(thousands(499));
    await expect(sync.want([choir])).rejects.toThrow('unavailable');
    expect(held()).toBeUndefined();
  });

  test('D5 leaves a hole, and fetches page by page what changed below it', async () => {
    const changed = [
      { records: { messages: [message(1, { rev: 300, text: 'edited 1' })] }, rev: 300, more: true },
      { records: { messages: [message(2, { rev: 450, text: 'edited 2' })] }, rev: 500, more: false },
    ];
    const { sync, server } = syncWith({
      syncConversations: () => ({ answers: [leap(500, 90, 91)], unanswered: [] }),
      syncChanges: () => changed.shift(),
    });
    for (const rev of [1, 2, 3]) await apply(sync, push(rev));
    await sync.want([choir]);
    expect(held()).toMatchObject({
      rev: 500,
      seq: 91,
      holes: [{ fromSeq: 4, toSeq: 89 }],
      backfill: { afterRev: 3, throughRev: 500, throughSeq: 3 },
    });
    await sync.backfill();
    expect(server.asked.slice(1).map(({ input }) => (input as { afterRev: number }).afterRev)).toEqual([3, 300]);
    expect(held()).not.toHaveProperty('backfill');
    expect((await texts()).slice(0, 3)).toEqual(['edited 1', 'edited 2', 'text 3']);
  });

  test('D5 whose page reaches down to what is held still fetches what changed below the page', async () => {
    const { sync } = syncWith({ syncConversations: () => ({ answers: [leap(400, 3, 5)], unanswered: [] }) });
    for (const rev of [1, 2, 3, 4, 5]) await apply(sync, push(rev));
    await sync.want([choir]);
    expect(held()).toMatchObject({ holes: [], backfill: { afterRev: 5, throughRev: 400, throughSeq: 2 } });
  });

  test('D5 on a new device has nothing to fetch below, only a hole', async () => {
    const { sync } = syncWith({ syncConversations: () => ({ answers: [leap(400, 301, 302)], unanswered: [] }) });
    await sync.want([choir]);
    expect(held()).toMatchObject({ seq: 302, holes: [{ fromSeq: 1, toSeq: 300 }] });
    expect(held()).not.toHaveProperty('backfill');
  });

  test('D5 during another one: the changes of both are fetched', async () => {
    let reply: (value: unknown) => void = () => {};
    const leaps = [leap(400, 50, 51), leap(900, 200, 201)];
    const { sync, server } = syncWith({
      syncConversations: () => ({ answers: [leaps.shift()], unanswered: [] }),
      syncChanges: () => new Promise((resolve) => (reply = resolve)),
    });
    await apply(sync, push(1));
    await sync.want([choir]);
    const filled = sync.backfill();
    await settled();
    await sync.want([choir]);
    reply({ records: {}, rev: 400, more: false });
    await settled();
    expect(server.asked.at(-1)).toEqual({
      operation: 'syncChanges',
      input: { conversationId: choir, afterRev: 400, throughRev: 900, throughSeq: 51 },
    });
    reply({ records: {}, rev: 900, more: false });
    await filled;
    expect(held()).not.toHaveProperty('backfill');
  });

  test('D5 changes that never get anywhere are given up, and stay to be fetched', async () => {
    const { sync, server } = syncWith({
      syncConversations: () => ({ answers: [leap(500, 90, 91)], unanswered: [] }),
      syncChanges: () => ({ records: {}, rev: 1, more: true }),
    });
    await apply(sync, push(1));
    await sync.want([choir]);
    await expect(sync.backfill()).rejects.toThrow(Refusal);
    expect(server.asked.filter(({ operation }) => operation === 'syncChanges')).toHaveLength(1);
    expect(held()?.backfill).toBeDefined();
  });
});

describe('pages into a hole', () => {
  beforeEach(async () => {
    const { sync } = syncWith();
    await apply(sync, push(1, { records: { messages: [message(1), message(10)] } }));
  });

  test('D4 from above and from below, as far as the page goes', async () => {
    const { sync, server } = syncWith({
      pageMessages: ({ before }: { before?: number }) =>
        before === undefined
          ? { atRev: 1, messages: messages(2, 3), hasMore: true }
          : { atRev: 1, messages: messages(8, 9), hasMore: true },
    });
    expect(await sync.fill(choir, 9, 'above')).toBe(true);
    expect(await sync.fill(choir, 2, 'below')).toBe(true);
    expect(server.asked.map(({ input }) => input)).toEqual([
      { conversationId: choir, limit: 100, before: 10 },
      { conversationId: choir, limit: 100, after: 1 },
    ]);
    expect(held()?.holes).toEqual([{ fromSeq: 4, toSeq: 7 }]);
  });

  test('D16 where the visible history ends nothing is missing any more', async () => {
    const { sync } = syncWith({ pageMessages: () => ({ atRev: 1, messages: messages(7, 9), hasMore: false }) });
    await sync.fill(choir, 9, 'above');
    expect(held()?.holes).toEqual([]);
  });

  test('D4 one older than a change that was dropped is asked again', async () => {
    const pages = [
      { atRev: 4, messages: [message(9, { text: 'stale' })], hasMore: false },
      { atRev: 5, messages: [message(9, { rev: 5, text: 'edited' })], hasMore: false },
    ];
    const { sync, server } = syncWith({ pageMessages: () => pages.shift() });
    await apply(sync, push(5, { afterRev: 1, records: { messages: [message(9, { rev: 5, text: 'edited' })] } }));
    await sync.fill(choir, 9, 'above');
    expect(server.asked).toHaveLength(2);
    expect(await texts()).toEqual(['text 1', 'edited', 'text 10']);
  });

  test('D4 a change that is dropped between the page and its storing makes it be asked again, too', async () => {
    const replies: ((value: unknown) => void)[] = [];
    const { sync } = syncWith({ pageMessages: () => new Promise((resolve) => replies.push(resolve)) });
    const filled = sync.fill(choir, 9, 'above');
    await settled();
    const change = { messages: [message(9, { rev: 2, text: 'edited' })] };
    void apply(sync, push(2, { records: change }));
    replies[0]?.({ atRev: 1, messages: [message(9)], hasMore: false });
    await settled();
    replies[1]?.({ atRev: 2, ...change, hasMore: false });
    expect(await filled).toBe(true);
    expect(await texts()).toContain('edited');
  });

  test.each([
    ['is always too old', { atRev: 0, messages: messages(2, 9), hasMore: false }, 'above', 5],
    ['lies elsewhere', { atRev: 9, messages: messages(40, 50), hasMore: true }, 'above', 1],
    ['lies below what was asked', { atRev: 9, messages: messages(1, 1), hasMore: true }, 'below', 1],
  ] as const)('D5 a page that %s is given up', async (_, page, from, times) => {
    const { sync, server } = syncWith({ pageMessages: () => page });
    await apply(sync, push(2, { records: { messages: [message(5, { rev: 2 })] } }));
    expect(await sync.fill(choir, from === 'above' ? 9 : 2, from)).toBe(false);
    expect(server.asked).toHaveLength(times);
    expect(held()?.holes).toEqual([{ fromSeq: 2, toSeq: 9 }]);
  });
});

describe('own messages', () => {
  const intent = (id: string) => ({
    id,
    order: 1,
    operation: 'sendMessage' as const,
    conversationId: choir,
    body: { id, conversationId: choir, text: 'mine' },
    at: 1,
  });
  const applyOwn = (sync: ConversationSync, one: Push) =>
    account.context.memory.transact((transaction) =>
      sync.applyOwn(transaction, { ...one, intentId: messageId(one.rev) }),
    );

  test('D7 leave the outbox with the answer, with a push, or with a catch-up, whichever comes first', async () => {
    const { sync } = syncWith({
      syncConversations: () => ({ answers: [answer(3, { records: { messages: [message(3)] } })], unanswered: [] }),
    });
    await account.keep('outbox', intent(messageId(1)), intent(messageId(2)), intent(messageId(3)));
    await applyOwn(sync, push(1));
    expect(account.context.memory.size('outbox')).toBe(2);
    await apply(sync, push(2));
    expect(account.context.memory.size('outbox')).toBe(1);
    await sync.want([choir]);
    expect(account.context.memory.size('outbox')).toBe(0);
  });

  test('D7 an answer ahead of the cursor waits for what lies between', async () => {
    const { sync } = syncWith({
      syncConversations: () => ({
        answers: [answer(500, { leap: { belowSeq: 490 }, records: { messages: messages(490, 500) } })],
        unanswered: [],
      }),
    });
    await account.keep('outbox', intent(messageId(5)));
    expect(await applyOwn(sync, push(5))).toBe(false);
    expect(account.context.memory.size('outbox')).toBe(1);
    await sync.want([choir]);
    expect(held()?.holes).toEqual([{ fromSeq: 1, toSeq: 489 }]);
    expect(account.context.memory.size('outbox')).toBe(0);
  });

  test('D7 one that made its conversation is settled though a leap leaves it in a hole', async () => {
    const { sync } = syncWith({
      syncConversations: () => ({
        answers: [answer(500, { leap: { belowSeq: 490 }, records: { messages: messages(490, 500) } })],
        unanswered: [],
      }),
    });
    await account.keep('outbox', intent(messageId(1)), intent(messageId(600)));
    await sync.fetchPlaced(messageId(1), choir, 1);
    expect([...account.context.memory.all('outbox')].map(({ id }) => id)).toEqual([messageId(600)]);
  });

  test('D7 found in a page it is settled, too', async () => {
    const { sync } = syncWith({
      pageMessages: () => ({ atRev: 500, messages: messages(401, 489), hasMore: true }),
      syncConversations: () => ({
        answers: [answer(500, { leap: { belowSeq: 490 }, records: { messages: messages(490, 500) } })],
        unanswered: [],
      }),
    });
    await account.keep('outbox', intent(messageId(450)));
    await sync.want([choir]);
    await sync.fill(choir, 489, 'above');
    expect(account.context.memory.size('outbox')).toBe(0);
  });

  test('D9 what a page brings is counted, whoever asked for it', async () => {
    const { sync } = syncWith({
      pageMessages: () => ({ atRev: 500, messages: messages(401, 489), hasMore: true }),
      syncConversations: () => ({
        answers: [answer(500, { leap: { belowSeq: 490 }, records: { messages: messages(490, 500) } })],
        unanswered: [],
      }),
    });
    await sync.want([choir]);
    recounted = [];
    await sync.fill(choir, 489, 'above');
    expect(recounted).toEqual([choir]);
  });

  test('D14 one that was placed in a history that is gone is not taken for settled', async () => {
    const answers = [answer(2, { head: { rev: 2, seq: 2, changeId: exampleId(7, 77), mrev: 0 } }), answer(9)];
    const { sync } = syncWith({ syncConversations: () => ({ answers: answers.splice(0, 1), unanswered: [] }) });
    await apply(sync, push(1));
    await apply(sync, push(2));
    await account.keep('outbox', intent(messageId(5)));
    await applyOwn(sync, push(5));
    await sync.want([choir]);
    expect(account.context.memory.size('outbox')).toBe(1);
  });
});

describe('another history', () => {
  const own = (seq: number) => message(seq, { authorId: me, text: `mine ${seq}` });

  async function behindServer(
    head: ConversationAnswer['head'],
    ...later: ConversationAnswer[]
  ): Promise<FakeAsk & { sync: ConversationSync }> {
    const answers = [{ conversationId: choir, head, cursor: head.rev, records: {} }, ...later];
    const { sync, server } = syncWith({
      syncConversations: () => ({ answers: answers.splice(0, 1), unanswered: [] }),
    });
    await apply(sync, push(1, { records: { messages: [own(1)] } }));
    await apply(sync, push(2, { records: { messages: [message(2)] } }));
    await apply(sync, push(3, { records: { messages: [own(3)] } }));
    await apply(sync, push(4, { records: { messages: [own(4)] } }));
    await account.keep('outbox', {
      id: messageId(99),
      order: 7,
      operation: 'sendMessage',
      conversationId: choir,
      body: {},
      at: 1,
    });
    await sync.want([choir]);
    return { ...server, sync };
  }
  const waiting = () =>
    [...account.context.memory.all('outbox')].toSorted((a, b) => a.order - b.order).map(({ id }) => id);

  test('D14 a server that has less is offered again what it may lack, in order and before what waits', async () => {
    const server = await behindServer({ rev: 2, seq: 2, changeId: exampleId(7, 2), mrev: 0 });
    expect(waiting()).toEqual([messageId(3), messageId(4), messageId(99)]);
    expect(server.asked).toHaveLength(2);
    expect(server.asked[1]?.input).toEqual({ cursors: [{ conversationId: choir, rev: 0, mrev: 0, seq: 0 }] });
  });

  const less = { rev: 2, seq: 2, changeId: exampleId(7, 2), mrev: 0 };
  const old = ['mine 1', 'text 2', 'mine 3', 'mine 4'];

  test('D14 what is here stays readable until the answer takes its place, with nothing laid over it', async () => {
    const { sync } = await behindServer(less);
    expect([await texts(), held()]).toEqual([old, expect.objectContaining({ seq: 4, outdated: { isOffered: true } })]);
    expect(await apply(sync, push(5))).toBe(false);
    const moved = { conversationId: choir, afterMrev: 0, mrev: 1, markers: [{ userId: ines, delivered: 9, read: 9 }] };
    await account.context.memory.transact((transaction) => sync.applyMarkers(transaction, moved));
    expect([await texts(), held()?.markers, await sync.fill(choir, 1, 'above')]).toEqual([old, [], false]);
    expect(sync.cursorSums).toEqual({ conversations: 2, revs: 0, mrevs: 0 });
  });

  test('D14 D9 the answer takes its place whole, and with it goes how far one had read', async () => {
    await account.keep('markers', { conversationId: choir, delivered: 4, read: 4 });
    const records = { messages: [own(1), message(2, { text: 'another 2' })] };
    await behindServer(less, answer(2, { records }));
    expect(await texts()).toEqual(['mine 1', 'another 2']);
    expect(held()).toMatchObject({ rev: 2, seq: 2, lastMessage: { text: 'another 2' } });
    expect([held()?.outdated, account.context.memory.get('markers', choir)]).toEqual([undefined, undefined]);
    expect(waiting()).toEqual([messageId(3), messageId(4), messageId(99)]);
  });

  test('D14 D4 changes that were dropped in the history that is gone keep no page of the new one out', async () => {
    const { sync } = syncWith({
      syncConversations: () => ({ answers: [answer(2, { records: { messages: [message(2)] } })], unanswered: [] }),
      pageMessages: () => ({ atRev: 2, messages: [message(1)], hasMore: false }),
    });
    await apply(sync, push(8, { afterRev: 0, records: { messages: [message(8)] } }));
    await apply(sync, push(9, { records: { messages: [message(5, { rev: 9 })] } }));
    await account.keep('conversations', { ...(held() as StoredConversation), outdated: { isOffered: true } });
    await sync.want([choir]);
    expect(await sync.fill(choir, 1, 'above')).toBe(true);
    expect(await texts()).toEqual(['text 1', 'text 2']);
  });

  test('D14 another change at the same rev: everything own is offered again', async () => {
    await behindServer({ rev: 4, seq: 4, changeId: exampleId(7, 77), mrev: 0 });
    expect(waiting()).toEqual([messageId(1), messageId(3), messageId(4), messageId(99)]);
  });

  describe('of a group the server no longer had me in', () => {
    const removed = membership(choir, { state: 'removed', rev: 2 });
    const back = membership(choir, { rev: 3 });
    const fresh = answer(1, { records: { messages: [message(1, { id: messageId(50), text: 'as it was' })] } });

    beforeEach(async () => {
      const { sync } = syncWith();
      await apply(sync, push(1, { records: { messages: [own(1)] } }));
      await apply(sync, push(2));
      await account.keep('conversations', { ...(held() as StoredConversation), outdated: { isOffered: false } });
      await account.keep('feed', removed);
    });

    test('D14 own messages stay while I am out, and are offered before they are replaced when I am in again', async () => {
      const { sync, server } = syncWith({ syncConversations: () => ({ answers: [fresh], unanswered: [] }) });
      await sync.want([choir]);
      expect([await texts(), waiting(), server.asked]).toEqual([['mine 1', 'text 2'], [], []]);
      await account.keep('feed', back);
      await sync.want([choir]);
      expect([await texts(), waiting()]).toEqual([['as it was'], [messageId(1)]]);
      expect(held()?.outdated).toBeUndefined();
    });

    test('D14 an answer that comes when I am out again replaces nothing, and is not asked for ever', async () => {
      let reply: (value: unknown) => void = () => {};
      const { sync, server } = syncWith({ syncConversations: () => new Promise((resolve) => (reply = resolve)) });
      await account.keep('feed', back);
      const wanted = sync.want([choir]);
      await settled();
      await account.keep('feed', removed);
      reply({ answers: [{ ...fresh, head: { ...fresh.head, rev: 2 } }], unanswered: [] });
      await wanted;
      expect([await texts(), waiting(), server.asked.length]).toEqual([['mine 1', 'text 2'], [], 1]);
    });
  });

  test('D14 D16 somebody who is out keeps what they had', async () => {
    await account.keep('feed', membership(choir, { state: 'removed', rev: 2 }));
    await behindServer({ rev: 4, seq: 4, changeId: exampleId(7, 77), mrev: 0 });
    expect(waiting()).toEqual([messageId(99)]);
    expect(await texts()).toHaveLength(4);
  });
});

describe('markers', () => {
  const moved = (mrev: number, read: number, userId = ines) => ({
    conversationId: choir,
    afterMrev: mrev - 1,
    mrev,
    markers: [{ userId, delivered: read, read }],
  });
  const applyMarkers = (sync: ConversationSync, one: ReturnType<typeof moved>) =>
    account.context.memory.transact((transaction) => sync.applyMarkers(transaction, one));

  test('D9 the next are laid on, older ones dropped; over a gap they count, and the gap stays', async () => {
    const { sync } = syncWith();
    await apply(sync, push(1));
    expect(await applyMarkers(sync, moved(1, 1))).toBe(true);
    expect(await applyMarkers(sync, moved(3, 5, noor))).toBe(false);
    expect(held()).toMatchObject({
      mrev: 1,
      markers: [
        { userId: ines, read: 1 },
        { userId: noor, read: 5 },
      ],
    });
    expect(await applyMarkers(sync, moved(1, 9))).toBe(true);
    expect(held()?.markers[0]).toMatchObject({ read: 1 });
  });

  test('D9 where they say that I have read more, the unread are counted again', async () => {
    const { sync } = syncWith();
    await apply(sync, push(1));
    await applyMarkers(sync, moved(1, 1));
    expect(recounted).toEqual([]);
    await applyMarkers(sync, moved(2, 1, me));
    expect(recounted).toEqual([choir]);
  });

  test('D9 where all that is held is read, what comes on top is counted as it comes', async () => {
    await account.keep('feed', { kind: 'marker', key: choir, rev: 2, read: 2 });
    const { sync } = syncWith();
    await apply(sync, push(5, { afterRev: 0, records: { messages: messages(1, 5) } }));
    expect(held()?.unread).toEqual({ readSeq: 2, count: 3 });
    expect(recounted).toEqual([]);
  });

  test('D9 a catch-up brings them too', async () => {
    const { sync } = syncWith({
      syncConversations: () => ({
        answers: [
          answer(1, {
            head: { rev: 1, seq: 1, changeId: exampleId(7, 1), mrev: 8 },
            markers: [{ userId: ines, delivered: 1, read: 1 }],
          }),
        ],
        unanswered: [],
      }),
    });
    await sync.want([choir]);
    expect(held()).toMatchObject({ mrev: 8, markers: [{ userId: ines, read: 1 }] });
    expect(sync.cursorSums).toEqual({ conversations: 2, revs: 1, mrevs: 8 });
  });
});
