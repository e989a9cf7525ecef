import { v7 as mintUuid } from 'uuid';
import { beforeEach, describe, expect, test } from 'vitest';
import type { CommitOutcome, ConversationCommit, ConversationStore } from '../../storage/port/conversations.ts';
import type { ConversationState, MemberRecord, MessageRecord } from '../../storage/port/records.ts';
import { requireMember } from '../policies/membership.ts';
import { ConversationCache } from './conversation-cache.ts';
import { type CommittedChanges, ConversationWriter, type Intent } from './conversation-writer.ts';

const [ann, ben] = [mintUuid(), mintUuid()];

/** Keeps what is committed, as the port says; `another` commits as another process would. */
class MemoryStore {
  readonly states = new Map<string, ConversationState>();
  readonly messages = new Map<string, { conversationId: string; message: MessageRecord }>();
  readonly commits: ConversationCommit[] = [];
  reads = 0;
  /** What the next commits wait for or fail with. */
  gate: () => Promise<void> = () => Promise.resolve();

  /** What is to be decided before the next commits, where that is not at once. */
  late: (() => void)[] | undefined;

  beforeNext(decide: () => void): void {
    if (this.late === undefined) decide();
    else this.late.push(decide);
  }

  async readState(conversationId: string): Promise<ConversationState | null> {
    this.reads += 1;
    return this.states.get(conversationId) ?? null;
  }

  async findMessage(id: string) {
    return this.messages.get(id) ?? null;
  }

  async commit(commit: ConversationCommit): Promise<CommitOutcome> {
    this.commits.push(commit);
    await this.gate();
    return this.another(commit);
  }

  another(commit: ConversationCommit): CommitOutcome {
    const { conversationId, expectedRev, head, info, members, messages } = commit;
    const state = this.states.get(conversationId);
    const taken = messages.filter(({ id }) => this.messages.has(id)).map(({ id }) => id);
    if (taken.length > 0) return { kind: 'repeated', intentIds: taken };
    if ((state?.head.rev ?? 0) !== expectedRev) return { kind: 'moved-on' };
    const records = new Map([...(state?.members ?? []), ...members].map((member) => [member.userId, member]));
    const known = info ?? state?.info;
    if (known === undefined) throw new Error('A new conversation says what it is');
    this.states.set(conversationId, {
      conversationId,
      head: { ...head, mrev: 0 },
      info: known,
      members: [...records.values()],
    });
    for (const message of messages) this.messages.set(message.id, { conversationId, message });
    return { kind: 'committed', advances: [] };
  }

  /** A change by somebody else, in another process. */
  say(conversationId: string, members: MemberRecord[] = []): void {
    const head = this.states.get(conversationId)?.head ?? { rev: 0, seq: 0 };
    const [rev, seq, id] = [head.rev + 1, head.seq + 1, mintUuid()];
    const message = {
      id,
      seq,
      rev,
      sentRev: rev,
      authorId: ben,
      at: 0,
      body: { kind: 'text', text: 'Elsewhere' },
    } as const;
    const info = head.rev === 0 ? { info: { kind: 'group', history: 'everything', createdAt: 0, rev } as const } : {};
    this.another({
      conversationId,
      expectedRev: head.rev,
      head: { rev, seq, changeId: id },
      ...info,
      members,
      messages: [message],
      effects: [],
    });
  }
}

const memberOf = (userId: string, changes: Partial<MemberRecord> = {}): MemberRecord => ({
  userId,
  role: 'member',
  state: 'in',
  ranges: [{ fromRev: 0, fromSeq: 0 }],
  rev: 1,
  ...changes,
});

let store: MemoryStore;
let cache: ConversationCache;
let writer: ConversationWriter;
let told: CommittedChanges[];
let conversationId: string;
beforeEach(() => {
  store = new MemoryStore();
  told = [];
  conversationId = mintUuid();
  store.say(conversationId, [memberOf(ann), memberOf(ben)]);
  const port = store as unknown as ConversationStore;
  cache = new ConversationCache(port);
  const clock = { now: () => 1_000, schedule: () => () => {} };
  writer = new ConversationWriter({ store: port, cache, clock, committed: (committed) => told.push(committed) });
});

const send = (changes: Partial<Intent> = {}): Intent => ({
  id: mintUuid(),
  userId: ann,
  socketId: undefined,
  conversationId,
  act: 'text',
  plan: (state) => {
    requireMember(state, changes.userId ?? ann);
    return { body: { kind: 'text', text: 'Hello' } };
  },
  ...changes,
});
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'ok',
    (error: Error & { code?: string }) => error.code ?? error.message,
  );

describe('D12 one commit for what waits', () => {
  test('D12 D3 what comes while a commit is out goes into the next one, in the order it came', async () => {
    const gate = Promise.withResolvers<void>();
    store.gate = () => gate.promise;
    const first = writer.submit(send());
    await Promise.resolve();
    const later = Array.from({ length: 5 }, () => writer.submit(send()));
    gate.resolve();
    expect(await first).toMatchObject({ rev: 2, seq: 2 });
    expect((await Promise.all(later)).map(({ rev }) => rev)).toEqual([3, 4, 5, 6, 7]);
    expect(store.commits.map(({ messages }) => messages.length)).toEqual([1, 5]);
    expect(store.commits[1]).toMatchObject({ expectedRev: 2, head: { rev: 7, seq: 7 } });
  });

  test('D12 what comes before the store is ready shares a commit, and each is told and answered by itself', async () => {
    store.late = [];
    const sent = [writer.submit(send()), writer.submit(send({ userId: ben }))];
    expect(store.commits).toEqual([]);
    for (const decide of store.late) decide();
    expect((await Promise.all(sent)).map(({ rev }) => rev)).toEqual([2, 3]);
    expect(store.commits.map(({ messages }) => messages.length)).toEqual([2]);
    expect(told[0]?.changes.map(({ change }) => change.message.authorId)).toEqual([ann, ben]);
  });

  test('D12 at most sixteen intents share a commit', async () => {
    await writer.submit(send());
    await Promise.all(Array.from({ length: 40 }, () => writer.submit(send())));
    const sizes = store.commits.map(({ messages }) => messages.length);
    expect(Math.max(...sizes)).toBe(16);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(41);
    expect(sizes.length).toBeLessThanOrEqual(5);
  });

  test('D12 it is told before it is acknowledged, with the socket that caused it', async () => {
    const acknowledged = writer.submit(send({ socketId: 'laptop' })).then(() => told.length);
    expect(await acknowledged).toBe(1);
    expect(told[0]?.changes.map(({ fromSocketId }) => fromSocketId)).toEqual(['laptop']);
  });

  test('D12 conversations do not wait for each other', async () => {
    const other = mintUuid();
    store.say(other, [memberOf(ann)]);
    store.gate = () =>
      store.commits.at(-1)?.conversationId === conversationId ? new Promise(() => {}) : Promise.resolve();
    void writer.submit(send());
    expect(await writer.submit(send({ conversationId: other }))).toMatchObject({ rev: 2 });
  });
});

describe('D1 said again', () => {
  test('D1 a repeated intent gets its first answer and is written once', async () => {
    const intent = send();
    const first = await writer.submit(intent);
    await writer.submit(send());
    expect(await writer.submit(intent)).toEqual(first);
    expect(store.messages.size).toBe(3);
    expect(told).toHaveLength(2);
  });

  test('D1 said twice at once, also beside others, it is one message and one answer', async () => {
    const intent = send();
    const answers = await Promise.all([intent, send(), intent, intent, send()].map((one) => writer.submit(one)));
    expect([answers[2], answers[3]]).toEqual([answers[0], answers[0]]);
    expect(store.states.get(conversationId)?.head).toMatchObject({ rev: 4, seq: 4 });
  });

  test('D1 those of a batch that are new are written although one is repeated', async () => {
    const intent = send();
    const first = await writer.submit(intent);
    const gate = Promise.withResolvers<void>();
    store.gate = () => gate.promise;
    const running = writer.submit(send());
    await Promise.resolve();
    const rest = Promise.all([send(), intent, send()].map((one) => writer.submit(one)));
    gate.resolve();
    await running;
    expect((await rest).map(({ rev }) => rev)).toEqual([4, first.rev, 5]);
  });

  test('D1 also after its author was removed, and then nothing new', async () => {
    const intent = send();
    const first = await writer.submit(intent);
    await writer.submit(
      send({
        userId: ben,
        act: 'member-removed',
        plan: (_, { rev, seq }) => ({
          members: [
            memberOf(ann, {
              state: 'removed',
              ranges: [{ fromRev: 0, fromSeq: 0, untilRev: rev, untilSeq: seq }],
              rev,
            }),
          ],
          body: { kind: 'system', event: { type: 'member-removed', userId: ann } },
        }),
      }),
    );
    expect(await writer.submit(intent)).toEqual(first);
    expect(await codeOf(writer.submit(send()))).toBe('not_a_member');
  });

  test('D1 an id another account used, or one used in another conversation, is refused', async () => {
    const intent = send();
    await writer.submit(intent);
    expect(await codeOf(writer.submit(send({ id: intent.id, userId: ben })))).toBe('intent_of_another');
    const other = mintUuid();
    store.say(other, [memberOf(ann)]);
    expect(await codeOf(writer.submit(send({ id: intent.id, conversationId: other })))).toBe('intent_of_another');
    expect(store.messages.size).toBe(3);
  });

  test('D1 an id that stands for another act is refused, also where the act itself would be', async () => {
    const intent = send();
    await writer.submit(intent);
    const leave = send({ id: intent.id, act: 'member-left' });
    expect(await codeOf(writer.submit(leave))).toBe('intent_of_another');
    const refuse = () => {
      throw new Error('No longer');
    };
    expect(await codeOf(writer.submit({ ...leave, plan: refuse }))).toBe('intent_of_another');
    expect(await codeOf(writer.submit({ ...intent, plan: refuse }))).toBe('ok');
  });

  test('D1 what was scrubbed since is still what its author said', async () => {
    const intent = send();
    const first = await writer.submit(intent);
    const { message } = store.messages.get(intent.id) ?? {};
    if (message === undefined) throw new Error('It is kept');
    store.messages.set(intent.id, { conversationId, message: { ...message, body: { kind: 'scrubbed' } } });
    expect(await writer.submit(intent)).toEqual(first);
  });
});

describe('D3 other processes', () => {
  test('D3 what was decided too late is decided again', async () => {
    await writer.submit(send());
    store.say(conversationId);
    store.say(conversationId);
    expect(await writer.submit(send())).toMatchObject({ rev: 5, seq: 5 });
    expect(store.commits.map(({ expectedRev }) => expectedRev)).toEqual([1, 2, 4]);
  });

  test('D3 who loses again and again is told to come back, and what waits is served', async () => {
    await writer.submit(send());
    let losses = 0;
    store.gate = async () => {
      losses += 1;
      if (losses <= 20) store.say(conversationId);
    };
    expect(await codeOf(writer.submit(send()))).toBe('unavailable');
    expect(losses).toBe(20);
    expect(await writer.submit(send())).toMatchObject({ rev: 23 });
  });

  test('D13 a refusal from what this process held is decided again on what is stored', async () => {
    const cem = mintUuid();
    await writer.submit(send());
    store.say(conversationId, [memberOf(cem, { rev: 3 })]);
    expect(await writer.submit(send({ userId: cem, plan: send({ userId: cem }).plan }))).toMatchObject({ rev: 4 });
  });

  test('D13 a refusal holds for the refused alone', async () => {
    const stranger = mintUuid();
    const outcomes = [ann, stranger, ben].map((userId) =>
      codeOf(writer.submit(send({ userId, plan: send({ userId }).plan }))),
    );
    expect(await Promise.all(outcomes)).toEqual(['ok', 'not_a_member', 'ok']);
    expect(store.states.get(conversationId)?.head.rev).toBe(3);
  });

  test('D13 a refusal reads the store once, however many are refused together', async () => {
    await writer.submit(send());
    const before = store.reads;
    const stranger = mintUuid();
    const plan = send({ userId: stranger }).plan;
    await Promise.all(Array.from({ length: 10 }, () => codeOf(writer.submit(send({ userId: stranger, plan })))));
    expect(store.reads - before).toBeLessThanOrEqual(2);
  });
});

describe('D12 a storage that fails', () => {
  test('D12 all of the batch are refused, nothing is told, and what is held is forgotten', async () => {
    await writer.submit(send());
    store.gate = () => Promise.reject(new Error('disk full'));
    const refused = await Promise.all([send(), send()].map((one) => codeOf(writer.submit(one))));
    expect(refused).toEqual(['disk full', 'disk full']);
    expect([cache.peek(conversationId), told.length]).toEqual([undefined, 1]);
  });

  test('D1 D12 one that was written although it failed is answered when it is said again', async () => {
    const intent = send();
    store.gate = async () => {
      const commit = store.commits.at(-1);
      store.gate = () => Promise.resolve();
      if (commit) store.another(commit);
      throw new Error('connection lost');
    };
    expect(await codeOf(writer.submit(intent))).toBe('connection lost');
    expect(await writer.submit(intent)).toMatchObject({ rev: 2, seq: 2 });
    expect(store.messages.size).toBe(2);
  });
});

describe('D2 D9 what a process holds', () => {
  test.each([
    { counts: [51, 50], isSharedAgain: true },
    { counts: [51, 50, 51], isSharedAgain: false },
    { counts: [50, 51, 50], isSharedAgain: false },
    { counts: [51, 50, 51, 50], isSharedAgain: true },
  ])(
    'D9 one commit of $counts members makes markers shared again: $isSharedAgain',
    async ({ counts, isSharedAgain }) => {
      const [first = 0, ...later] = counts;
      const cem = mintUuid();
      const others = Array.from({ length: 50 }, () => memberOf(mintUuid()));
      conversationId = mintUuid();
      store.say(conversationId, [...others, memberOf(cem, { state: first > 50 ? 'in' : 'left' })]);
      const author = others[0]?.userId ?? '';
      const gate = Promise.withResolvers<void>();
      store.gate = () => gate.promise;
      const waitedFor = writer.submit(send({ userId: author }));
      await Promise.resolve();
      const moves = later.map((count) =>
        writer.submit(
          send({
            userId: author,
            plan: (_, { rev }) => ({
              members: [memberOf(cem, { state: count > 50 ? 'in' : 'left', rev })],
              body: { kind: 'text', text: `We are ${count}` },
            }),
          }),
        ),
      );
      gate.resolve();
      await Promise.all([waitedFor, ...moves]);
      expect(store.commits.map(({ messages }) => messages.length)).toEqual([1, later.length]);
      expect([store.commits[1]?.sharesMarkers, told[1]?.sharesMarkers]).toEqual(
        isSharedAgain ? [true, true] : [undefined, undefined],
      );
    },
  );

  test('D9 a decision made before markers moved does not make `mrev` fall', async () => {
    const before = await cache.load(conversationId);
    if (before === null) throw new Error('There is one');
    cache.keep({ ...before, head: { ...before.head, mrev: 7 } });
    cache.keep({ ...before, head: { ...before.head, rev: 2, mrev: 6 } });
    expect(cache.peek(conversationId)?.head).toMatchObject({ rev: 2, mrev: 7 });
    cache.keep(before);
    expect(cache.peek(conversationId)?.head.rev).toBe(2);
  });

  test('D13 whoever is refused is refused by the store, whoever is let in need not be', async () => {
    const cem = mintUuid();
    await cache.load(conversationId);
    store.say(conversationId, [memberOf(cem, { rev: 2 })]);
    const reads = store.reads;
    await cache.require(conversationId, (state) => requireMember(state, ann));
    expect(store.reads).toBe(reads);
    expect((await cache.require(conversationId, (state) => requireMember(state, cem))).state.head.rev).toBe(2);
    expect(await codeOf(cache.require(mintUuid(), (state) => requireMember(state, ann)))).toBe('not_a_member');
  });
});
