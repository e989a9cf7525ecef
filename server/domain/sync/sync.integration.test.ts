import { v7 as mintUuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { wireLimits } from '@parley/shared/contract/limits.ts';
import type { Message } from '@parley/shared/contract/entities/message.ts';
import { openStorage } from '../../open-storage.ts';
import type { MessageBody } from '../../storage/port/records.ts';
import type { Storage } from '../../storage/port/storage.ts';
import { gather, gatherGroup, type Participant, say } from '../../testing/participants.ts';
import { startTestServer, type TestServer } from '../../testing/start-test-server.ts';

// Servers, stores and sockets take their time on a busy machine.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let server: TestServer;
let storage: Storage;
let ann: Participant;
let ben: Participant;
let cem: Participant;
let groupId: string;
beforeAll(async () => {
  server = await startTestServer({
    overrides: {
      async openStorage(config, onFatal) {
        storage = await openStorage(config, onFatal);
        return storage;
      },
    },
  });
  [ann, ben, cem] = (await gather(server, ['Ann', 'Ben', 'Cem'])) as [Participant, Participant, Participant];
});
afterAll(() => server.close());
beforeEach(async () => {
  groupId = await gatherGroup([ann, ben, cem]);
});

const sayMany = (count: number, text = 'Hello') =>
  Promise.all(Array.from({ length: count }, () => say(ann, groupId, text)));
const seqsOf = (messages: readonly Message[] | undefined) => (messages ?? []).map(({ seq }) => seq);
const row = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

async function answerTo(person: Participant, cursor: { rev: number; mrev?: number; seq?: number; changeId?: string }) {
  const cursors = [{ conversationId: groupId, mrev: 0, seq: 0, ...cursor }];
  return (await person.socket.demand('syncConversations', { cursors })).answers[0];
}

/** Changes a message after it was made, as a deletion will. */
async function scrub(messageId: string): Promise<number> {
  const state = await storage.conversations.readState(groupId);
  const found = await storage.conversations.findMessage(messageId);
  if (state === null || found === null) throw new Error('No such message');
  const rev = state.head.rev + 1;
  await storage.conversations.commit({
    conversationId: groupId,
    expectedRev: rev - 1,
    head: { rev, seq: state.head.seq, changeId: mintUuid() },
    members: [],
    messages: [{ ...found.message, rev, body: { kind: 'scrubbed' } }],
    effects: [],
  });
  return rev;
}

/** A request and what its acknowledgement weighs on the wire. */
async function weigh<T>(person: Participant, ask: () => Promise<T>): Promise<{ data: T; bytes: number }> {
  let bytes = 0;
  const { engine } = person.socket.raw.io;
  const count = (packet: { type: string; data?: string }) => {
    if (packet.type === 'message') bytes = Math.max(bytes, Buffer.byteLength(packet.data ?? ''));
  };
  engine.on('packet', count);
  const data = await ask();
  engine.off('packet', count);
  if (bytes === 0) throw new Error('Nothing was weighed');
  return { data, bytes };
}

describe('D4 D5 conversations', () => {
  test('D4 what is up to date is left out; what is not comes with everything above the cursor', async () => {
    const first = await say(ann, groupId);
    const second = await say(ann, groupId);
    const head = { rev: second.rev, seq: second.seq, changeId: second.id };
    expect(await answerTo(ben, { rev: second.rev, changeId: second.id })).toBeUndefined();
    const answer = await answerTo(ben, { rev: first.rev, seq: first.seq });
    expect(answer).toMatchObject({ head, cursor: second.rev });
    expect(answer?.records.messages).toMatchObject([{ id: second.id, rev: second.rev }]);
    const all = await answerTo(ben, { rev: 0 });
    expect(all?.records.info).toMatchObject({ kind: 'group', title: 'Group' });
    expect(all?.records.members).toHaveLength(3);
    expect(seqsOf(all?.records.messages)).toEqual([1, 2, 3]);
  });

  test('D5 a stretch of up to 200 revs comes whole, one more leaps to the newest page', async () => {
    await sayMany(200);
    const step = await answerTo(ben, { rev: 1, seq: 1 });
    expect([step?.leap, step?.cursor]).toEqual([undefined, 201]);
    expect(seqsOf(step?.records.messages)).toEqual(row(2, 201));
    const leap = await answerTo(ben, { rev: 0 });
    expect(leap).toMatchObject({ cursor: 201, leap: { belowSeq: 102 } });
    expect(seqsOf(leap?.records.messages)).toEqual(row(102, 201));
    expect(leap?.records).toMatchObject({ info: { title: 'Group' } });
    expect(leap?.records.members).toHaveLength(3);
  });

  test('D5 big messages come in steps that say where they end', async () => {
    await sayMany(30, 'ü'.repeat(20_000));
    let cursor = { rev: 0, seq: 0 };
    const seen: number[] = [];
    for (let answers = 0; answers < 20; answers += 1) {
      const { data, bytes } = await weigh(ben, () => answerTo(ben, cursor));
      if (data === undefined) break;
      expect(bytes).toBeLessThanOrEqual(wireLimits.syncAnswerMaxBytes);
      seen.push(...seqsOf(data.records.messages));
      cursor = { rev: data.cursor, seq: seen.at(-1) ?? 0 };
    }
    expect(seen).toEqual(row(1, 31));
  });

  test('D5 a leap over big messages keeps to its size', async () => {
    await sayMany(210, '𐍈'.repeat(10_000));
    const { data, bytes } = await weigh(ben, () => answerTo(ben, { rev: 0 }));
    expect(bytes).toBeLessThanOrEqual(wireLimits.syncAnswerMaxBytes);
    const seqs = seqsOf(data?.records.messages);
    expect(seqs).toEqual(row(seqs[0] ?? 0, 211));
    expect(data?.leap).toEqual({ belowSeq: seqs[0] });
  });

  test('D5 what there is no room for is named, in the order asked, and nothing is above 512 KB on the wire', async () => {
    const asked: string[] = [];
    for (let count = 0; count < 45; count += 1) {
      groupId = await gatherGroup([ann, ben]);
      asked.push(groupId);
      await say(ann, groupId, '字'.repeat(4_000));
    }
    const unknown = Array.from({ length: wireLimits.cursorsPerSync - asked.length }, () => mintUuid());
    const cursors = [...asked, ...unknown].map((conversationId) => ({ conversationId, rev: 0, mrev: 0, seq: 0 }));
    const { data, bytes } = await weigh(ben, () => ben.socket.demand('syncConversations', { cursors }));
    expect(bytes).toBeLessThanOrEqual(wireLimits.syncAnswerMaxBytes);
    const answered = data.answers.map(({ conversationId }) => conversationId);
    expect(answered.length).toBeGreaterThan(0);
    expect(answered).toEqual(asked.slice(0, answered.length));
    expect(data.unanswered).toEqual([...asked.slice(answered.length), ...unknown]);
  });

  test('D14 a device that is ahead, or holds another change at the same rev, is told where the conversation stands', async () => {
    const { rev } = await say(ann, groupId);
    expect(await answerTo(ben, { rev: rev + 5 })).toMatchObject({ cursor: rev, records: {} });
    expect(await answerTo(ben, { rev, changeId: mintUuid() })).toMatchObject({
      cursor: rev,
      head: { rev },
      records: {},
    });
    expect(await answerTo(ben, { rev })).toBeUndefined();
  });

  test('D9 markers alone are caught up too', async () => {
    const { rev, seq } = await say(ann, groupId);
    await cem.socket.demand('moveMarkers', { moves: [{ conversationId: groupId, read: seq }] });
    expect(await answerTo(ben, { rev, mrev: 0 })).toMatchObject({
      head: { mrev: 1 },
      cursor: rev,
      markers: [{ userId: cem.userId, delivered: seq, read: seq }],
    });
    expect(await answerTo(ben, { rev, mrev: 1 })).toBeUndefined();
  });
});

describe('D16 D13 who is out, and who came later', () => {
  test('D16 the head of who was removed stands still, and a new device gets what they had and no more', async () => {
    await say(ann, groupId, 'theirs');
    const id = mintUuid();
    const { rev, seq } = await ann.socket.demand('removeMember', { id, conversationId: groupId, userId: ben.userId });
    await ann.socket.demand('renameGroup', { id: mintUuid(), conversationId: groupId, title: 'Later' });
    await sayMany(3, 'not theirs');
    const answer = await answerTo(ben, { rev: 0 });
    expect(answer).toMatchObject({ cursor: rev, head: { rev, seq, mrev: 0 } });
    expect(seqsOf(answer?.records.messages)).toEqual(row(1, seq));
    expect(JSON.stringify(answer)).not.toMatch(/Later|not theirs/);
    expect(answer?.records.info).toMatchObject({ kind: 'group' });
    expect(await answerTo(ben, { rev, seq })).toBeUndefined();
    await sayMany(250);
    expect(await answerTo(ben, { rev: 0 })).toEqual(answer);
  });

  test('D16 who is added again sees both ranges and nothing in between, over steps, leaps and backfill', async () => {
    const out = await ann.socket.demand('removeMember', {
      id: mintUuid(),
      conversationId: groupId,
      userId: ben.userId,
    });
    await sayMany(3, 'in between');
    const add = { id: mintUuid(), conversationId: groupId, userIds: [ben.userId] };
    const back = await ann.socket.demand('addMembers', add);
    await say(ann, groupId, 'after');
    const expected = [...row(1, out.seq), back.seq, back.seq + 1];
    const step = await answerTo(ben, { rev: 0 });
    expect(seqsOf(step?.records.messages)).toEqual(expected);
    await sayMany(60);
    expect(seqsOf((await ben.socket.demand('pageMessages', { conversationId: groupId, limit: 100 })).messages)).toEqual(
      [...expected, ...row(back.seq + 2, back.seq + 61)],
    );
    const all = { conversationId: groupId, afterRev: 0, throughRev: 99, throughSeq: 99 };
    expect(JSON.stringify(await ben.socket.demand('syncChanges', all))).not.toContain('in between');
  });

  test('D16 who is out gets nothing of a change made since, and their copy stays', async () => {
    const { id, seq, rev } = await say(ann, groupId, 'as it was');
    await ann.socket.demand('removeMember', { id: mintUuid(), conversationId: groupId, userId: ben.userId });
    await scrub(id);
    const { atRev, messages } = await ben.socket.demand('pageMessages', { conversationId: groupId });
    expect(messages.find((message) => message.seq === seq)).toEqual({ kind: 'stub', id, seq, rev });
    expect(Math.max(...messages.map((message) => message.rev))).toBe(atRev);
    expect((await cem.socket.demand('pageMessages', { conversationId: groupId })).messages).toContainEqual(
      expect.objectContaining({ kind: 'scrubbed', id }),
    );
  });

  test('D16 a change of something one may not see is a stub, never nothing', async () => {
    groupId = await gatherGroup([ann, cem], 'since-joining');
    const hidden = await say(ann, groupId, 'before');
    const { seq } = await ann.socket.demand('addMembers', {
      id: mintUuid(),
      conversationId: groupId,
      userIds: [ben.userId],
    });
    expect(seqsOf((await answerTo(ben, { rev: 0 }))?.records.messages)).toEqual([seq]);
    const rev = await scrub(hidden.id);
    const stub = { kind: 'stub', id: hidden.id, seq: hidden.seq, rev };
    expect((await answerTo(ben, { rev: rev - 1, seq }))?.records.messages).toEqual([stub]);
    expect((await answerTo(cem, { rev: rev - 1, seq }))?.records.messages).toMatchObject([{ kind: 'scrubbed' }]);
    const backfill = { conversationId: groupId, afterRev: 0, throughRev: rev, throughSeq: seq };
    const { records } = await ben.socket.demand('syncChanges', backfill);
    expect(records.messages).toEqual([expect.objectContaining({ seq }), stub]);
  });
});

test('D13 D16 who was removed in another process gets nothing said after, although this one has not heard of it', async () => {
  const held = await answerTo(ben, { rev: 0 });
  const state = await storage.conversations.readState(groupId);
  const member = state?.members.find(({ userId }) => userId === ben.userId);
  if (state === null || member === undefined) throw new Error('Ben is in');
  const [removal, words] = [state.head.rev + 1, state.head.rev + 2];
  const messageAt = (rev: number, body: MessageBody) => {
    return { id: mintUuid(), seq: rev, rev, sentRev: rev, authorId: ann.userId, at: 1, body };
  };
  const ranges = [{ fromRev: 0, fromSeq: 0, untilRev: removal, untilSeq: removal }];
  const last = messageAt(words, { kind: 'text', text: 'not for Ben' });
  await storage.conversations.commit({
    conversationId: groupId,
    expectedRev: state.head.rev,
    head: { rev: words, seq: words, changeId: last.id },
    members: [{ ...member, state: 'removed', ranges, rev: removal }],
    messages: [messageAt(removal, { kind: 'system', event: { type: 'member-removed', userId: ben.userId } }), last],
    effects: [],
  });
  const page = await ben.socket.demand('pageMessages', { conversationId: groupId });
  expect([page.atRev, seqsOf(page.messages)]).toEqual([removal, row(1, removal)]);
  const answer = await answerTo(ben, { rev: held?.cursor ?? 0, seq: 1 });
  expect([answer?.cursor, seqsOf(answer?.records.messages)]).toEqual([removal, [removal]]);
  const { atRev, members, markers } = await ben.socket.demand('getMembers', { conversationId: groupId });
  expect([atRev, members.length, markers]).toEqual([removal, 3, []]);
});

describe('D5 a group of thousands', () => {
  const perChange = 30;
  /** Ann makes it; a change brings as many others as one may. */
  async function gatherThousands(changes: number): Promise<string> {
    const id = mintUuid();
    const ranges = [{ fromRev: 0, fromSeq: 0 }];
    for (let rev = 1; rev <= changes; rev += 1) {
      const userIds = [
        ...(rev === 1 ? [ann.userId, ben.userId] : []),
        ...Array.from({ length: perChange }, () => mintUuid()),
      ];
      const change = mintUuid();
      await storage.conversations.commit({
        conversationId: id,
        expectedRev: rev - 1,
        head: { rev, seq: rev, changeId: change },
        ...(rev === 1 && {
          info: { kind: 'group', title: 'Thousands', history: 'everything', createdAt: 0, rev } as const,
        }),
        members: userIds.map((userId) => ({ userId, role: 'member', state: 'in', ranges, rev })),
        messages: [
          {
            id: change,
            seq: rev,
            rev,
            sentRev: rev,
            authorId: ann.userId,
            at: 1,
            body: { kind: 'system', event: { type: 'members-added', userIds } },
          },
        ],
        effects: [],
      });
    }
    return id;
  }

  test('D5 D16 its members come in answers of at most 512 KB, over steps, leaps and pages', async () => {
    groupId = await gatherThousands(210);
    const everybody = 210 * perChange + 2;

    const leap = await weigh(ben, () => answerTo(ben, { rev: 0 }));
    expect(leap.bytes).toBeLessThanOrEqual(wireLimits.syncAnswerMaxBytes);
    const held = (leap.data?.records.members ?? []).map(({ userId }) => userId);
    let after = leap.data?.leap?.membersAfter;
    expect(after).toBe(held.at(-1));
    for (let more = true; more;) {
      const input = { conversationId: groupId, ...(after !== undefined && { after }) };
      const page = await weigh(ben, () => ben.socket.demand('getMembers', input));
      expect(page.bytes).toBeLessThanOrEqual(wireLimits.syncAnswerMaxBytes);
      held.push(...page.data.members.map(({ userId }) => userId));
      after = held.at(-1);
      more = page.data.hasMore;
    }
    expect([held.length, new Set(held).size]).toEqual([everybody, everybody]);

    const stepped = new Map<string, number>();
    for (let rev = 20, answers = 0; rev < 210; answers += 1) {
      const step = await weigh(ben, () => answerTo(ben, { rev, seq: rev }));
      expect(step.bytes).toBeLessThanOrEqual(wireLimits.syncAnswerMaxBytes);
      for (const member of step.data?.records.members ?? []) stepped.set(member.userId, member.rev);
      expect(step.data?.cursor).toBeGreaterThan(rev);
      expect(seqsOf(step.data?.records.messages)).toEqual(row(rev + 1, step.data?.cursor ?? 0));
      expect(Math.max(...stepped.values())).toBe(step.data?.cursor);
      rev = step.data?.cursor ?? 210;
      expect(answers).toBeLessThan(10);
    }
    expect(stepped.size).toBe(190 * perChange);
  });

  test('D9 markers of so many are not sent: who is behind learns their number only', async () => {
    groupId = await gatherThousands(3);
    const moves = [{ userId: ann.userId, read: 1 }];
    await storage.conversations.moveMarkers({ conversationId: groupId, moves, isShared: true });
    expect(await answerTo(ben, { rev: 3 })).toMatchObject({ head: { mrev: 1 }, markers: [], records: {} });
    expect(await answerTo(ben, { rev: 3, mrev: 1 })).toBeUndefined();
  });
});

describe('D5 changes made below a leap', () => {
  test('D5 every change to what the device holds comes from the backfill, page by page', async () => {
    const early = await sayMany(250);
    const held = { rev: 251, seq: 251 };
    const scrubbed = early.filter((_, index) => [2, 99, 249].includes(index));
    await sayMany(150);
    for (const { id } of scrubbed) await scrub(id);
    await sayMany(60);
    const leap = await answerTo(ben, held);
    expect(leap?.leap?.belowSeq).toBeGreaterThan(held.seq);
    const found: Message[] = [];
    let afterRev = held.rev;
    for (let more = true; more;) {
      const page = await ben.socket.demand('syncChanges', {
        conversationId: groupId,
        afterRev,
        throughRev: leap?.cursor ?? 0,
        throughSeq: held.seq,
      });
      expect(page.rev).toBeGreaterThan(afterRev);
      found.push(...(page.records.messages ?? []));
      ({ rev: afterRev, more } = page);
    }
    expect(afterRev).toBe(leap?.cursor);
    expect(found).toMatchObject(scrubbed.map(({ id }) => ({ id, kind: 'scrubbed' })));
  });

  test('D3 a scrubbed record is the same in a step, in a page and in the backfill', async () => {
    const { id, rev } = await say(ann, groupId, 'to be deleted');
    await scrub(id);
    const step = (await answerTo(ben, { rev }))?.records.messages;
    const page = (await ben.socket.demand('pageMessages', { conversationId: groupId, limit: 1 })).messages;
    const backfill = await ben.socket.demand('syncChanges', {
      conversationId: groupId,
      afterRev: rev,
      throughRev: rev + 1,
      throughSeq: 99,
    });
    expect(step).toMatchObject([{ kind: 'scrubbed', id, rev: rev + 1 }]);
    expect(page).toEqual(step);
    expect(backfill.records.messages).toEqual(step);
    expect(JSON.stringify([step, page, backfill])).not.toContain('to be deleted');
  });
});

describe('D15 the account feed', () => {
  test('D15 comes in pages below 512 KB, each from where the last one ended', async () => {
    const [dora] = (await gather(server, ['Dora'])) as [Participant];
    const { socket } = dora;
    const drafts = Array.from({ length: 12 }, () => mintUuid());
    for (const conversationId of drafts) {
      const draft = { id: mintUuid(), conversationId, text: '字'.repeat(20_000), baseVersion: 0 };
      await socket.demand('putDraft', draft);
    }
    const keys: string[] = [];
    let rev = 0;
    for (let more = true; more;) {
      const from = rev;
      const { data, bytes } = await weigh(dora, () => socket.demand('syncAccount', { rev: from }));
      expect(bytes).toBeLessThanOrEqual(wireLimits.syncAnswerMaxBytes);
      expect(data.reset).toBe(false);
      keys.push(...data.entries.map(({ key }) => key));
      ({ rev, more } = data);
    }
    expect([keys, rev]).toEqual([drafts, 12]);
  });

  test('D14 D15 a device that is ahead of its feed gets a snapshot, over as many pages as it takes', async () => {
    const [eve] = (await gather(server, ['Eve'])) as [Participant];
    const drafts = Array.from({ length: 12 }, () => mintUuid());
    for (const conversationId of drafts) {
      const draft = { id: mintUuid(), conversationId, text: '字'.repeat(20_000), baseVersion: 0 };
      await eve.socket.demand('putDraft', draft);
    }
    const first = await eve.socket.demand('syncAccount', { rev: 999 });
    expect(first).toMatchObject({ reset: true, more: true });
    const keys = first.entries.map(({ key }) => key);
    for (let { rev, more } = first; more;) {
      const page = await eve.socket.demand('syncAccount', { rev: 999, resetFrom: rev });
      keys.push(...page.entries.map(({ key }) => key));
      ({ rev, more } = page);
    }
    expect(keys).toEqual(drafts);
  });
});

describe('D10 the heartbeat', () => {
  async function sumsOf(person: Participant) {
    const { conversations } = await person.socket.demand('listConversations', { limit: 100 });
    const { rev } = await person.socket.demand('syncAccount', { rev: 0 });
    const sums = { conversations: conversations.length, revs: 0, mrevs: 0 };
    for (const { head } of conversations) {
      sums.revs += head.rev;
      sums.mrevs += head.mrev;
    }
    return { accountRev: rev, sums };
  }

  test('D10 equal sums are answered in a word, others with the heads', async () => {
    const held = await sumsOf(cem);
    expect(await cem.socket.demand('checkSync', held)).toEqual({ isCurrent: true, accountRev: held.accountRev });
    const { rev, seq } = await say(ann, groupId);
    const late = await cem.socket.demand('checkSync', held);
    expect(late.isCurrent).toBe(false);
    expect(late.heads).toContainEqual({ conversationId: groupId, rev, mrev: 0 });
    await cem.socket.demand('moveMarkers', { moves: [{ conversationId: groupId, delivered: seq }] });
    const behind = await sumsOf(cem);
    const { mrevs } = behind.sums;
    expect(
      (await cem.socket.demand('checkSync', { ...behind, sums: { ...behind.sums, mrevs: mrevs - 1 } })).isCurrent,
    ).toBe(false);
    expect((await cem.socket.demand('checkSync', { ...behind, accountRev: 0 })).isCurrent).toBe(false);
    expect((await cem.socket.demand('checkSync', behind)).isCurrent).toBe(true);
  });

  test('D10 D16 conversations one is out of are not among them', async () => {
    await cem.socket.demand('leaveGroup', { id: mintUuid(), conversationId: groupId });
    const held = await sumsOf(cem);
    await say(ann, groupId);
    expect((await cem.socket.demand('checkSync', held)).isCurrent).toBe(true);
    const { heads } = await cem.socket.demand('checkSync', { ...held, accountRev: 0 });
    expect(heads?.map(({ conversationId }) => conversationId)).not.toContain(groupId);
  });
});
