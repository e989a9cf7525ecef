import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ConversationCommit } from '../port/conversations.ts';
import type { MessageRecord, VisibleRange } from '../port/records.ts';
import type { Storage } from '../port/storage.ts';
import { exampleCommit, exampleInfo, exampleMember, exampleMessage, mintId } from './examples.ts';
import type { Rule } from './harness.ts';

/** What a conversation is in the model: every record, newest copy. */
interface Model {
  conversationId: string;
  rev: number;
  messages: MessageRecord[];
  /** The revs at which a member's record was last changed. */
  memberRevs: Map<string, number>;
}

/** `send`, `join` or the scrubbing of one of the messages there are. */
type Step = 'send' | 'join' | number;

async function build(storage: Storage, steps: readonly Step[]): Promise<Model> {
  const model: Model = { conversationId: mintId(), rev: 0, messages: [], memberRevs: new Map() };
  const commits = ['join' as const, ...steps].map((step) => commitFor(model, step));
  // All at once, in order: each foretells the rev that the one before leads to.
  const outcomes = await Promise.all(commits.map((commit) => storage.conversations.commit(commit)));
  assert.ok(outcomes.every(({ kind }) => kind === 'committed'));
  return model;
}

function commitFor(model: Model, step: Step): ConversationCommit {
  model.rev += 1;
  const { rev, conversationId } = model;
  const given: Partial<ConversationCommit> = rev === 1 ? { info: exampleInfo() } : {};
  const place = typeof step === 'number' ? step % Math.max(1, model.messages.length) : 0;
  const old = model.messages[place];
  if (step === 'join') {
    const member = exampleMember({ rev });
    model.memberRevs.set(member.userId, rev);
    given.members = [member];
  } else if (typeof step === 'number' && old !== undefined) {
    const scrubbed: MessageRecord = { ...old, rev, body: { kind: 'scrubbed' } };
    model.messages[place] = scrubbed;
    given.messages = [scrubbed];
  } else {
    const message = exampleMessage({ rev, seq: model.messages.length + 1 });
    model.messages.push(message);
    given.messages = [message];
  }
  const head = { rev, seq: model.messages.length, changeId: mintId() };
  return exampleCommit({ conversationId, expectedRev: rev - 1, head, ...given });
}

const steps = fc.array(
  fc.oneof({ weight: 4, arbitrary: fc.constant('send' as const) }, fc.constant('join' as const), fc.nat(40)),
  {
    maxLength: 40,
  },
);

/** Ranges as memberships have them: apart from each other, oldest first, only the last without an end. */
const ranges = fc.array(fc.nat(8), { minLength: 1, maxLength: 6 }).map((lengths) => {
  const all: VisibleRange[] = [];
  let from = 1;
  for (const [index, length] of lengths.entries()) {
    if (index % 2 === 0) all.push({ fromRev: from, fromSeq: from, untilRev: from + length, untilSeq: from + length });
    from += length + 1;
  }
  const last = all.at(-1);
  if (lengths.length % 3 === 0 && last !== undefined)
    all[all.length - 1] = { fromRev: last.fromRev, fromSeq: last.fromSeq };
  return all;
});

const isIn = (all: readonly VisibleRange[], seq: number) =>
  all.some((range) => seq >= range.fromSeq && seq <= (range.untilSeq ?? Infinity));

export const pageRules: Rule[] = [
  {
    title: 'D16 a page has what the ranges and the direction ask for, in the order of seq, and nothing else',
    async check(data) {
      const { storage } = data;
      const query = fc.record({
        ranges,
        bound: fc.nat(45),
        limit: fc.integer({ min: 1, max: 12 }),
        way: fc.constantFrom('before', 'after', 'newest'),
      });
      await fc.assert(
        fc.asyncProperty(steps, fc.array(query, { minLength: 6, maxLength: 6 }), async (built, queries) => {
          const { conversationId, rev, messages } = await build(storage, built);
          await Promise.all(
            queries.map(async ({ way, bound, limit, ranges: asked }) => {
              const visible = messages.filter(({ seq }) => isIn(asked, seq));
              const below = visible.filter(({ seq }) => way !== 'before' || seq < bound);
              const inDirection = way === 'after' ? visible.filter(({ seq }) => seq > bound) : below;
              const expected = way === 'after' ? inDirection.slice(0, limit) : inDirection.slice(-limit);
              const page = await storage.conversations.readPage({
                conversationId,
                ranges: asked,
                limit,
                ...(way !== 'newest' && { [way]: bound }),
              });
              assert.deepEqual(page, { atRev: rev, messages: expected, hasMore: inDirection.length > limit });
            }),
          );
        }),
        { numRuns: 40 },
      );
    },
  },
  {
    title:
      'D3 D5 catch-up from any rev brings every record changed since, once, in the order of rev, whatever the page size',
    async check(data) {
      const { storage } = data;
      const query = fc.record({
        afterRev: fc.nat(45),
        limit: fc.integer({ min: 1, max: 9 }),
        throughRev: fc.option(fc.nat(45)),
        throughSeq: fc.option(fc.nat(45)),
      });
      await fc.assert(
        fc.asyncProperty(steps, fc.array(query, { minLength: 5, maxLength: 5 }), async (built, queries) => {
          const model = await build(storage, built);
          await Promise.all(queries.map((asked) => assertCatchUp(storage, model, asked)));
        }),
        { numRuns: 40 },
      );
    },
  },
  {
    title: 'D5 a conversation that does not exist has nothing to page or to catch up on',
    async check({ storage }) {
      const conversationId = mintId();
      const page = await storage.conversations.readPage({
        conversationId,
        ranges: [{ fromRev: 1, fromSeq: 1 }],
        limit: 5,
      });
      assert.deepEqual(page, { atRev: 0, messages: [], hasMore: false });
      const changes = await storage.conversations.readChanges({ conversationId, afterRev: 0, limit: 5 });
      assert.deepEqual([changes.messages, changes.members, changes.head.rev, changes.more], [[], [], 0, false]);
      assert.deepEqual(await storage.conversations.readMarkers(conversationId), { mrev: 0, markers: [] });
      assert.equal((await storage.conversations.readHeads([conversationId])).size, 0);
    },
  },
];

interface CatchUp {
  afterRev: number;
  limit: number;
  throughRev: number | null;
  throughSeq: number | null;
}

async function assertCatchUp(
  storage: Storage,
  model: Model,
  { afterRev, limit, throughRev, throughSeq }: CatchUp,
): Promise<void> {
  const isAsked = (rev: number) => rev > afterRev && rev <= (throughRev ?? Infinity);
  const expected = model.messages
    .filter(({ rev, seq }) => isAsked(rev) && seq <= (throughSeq ?? Infinity))
    .toSorted((one, other) => one.rev - other.rev);
  const messages: MessageRecord[] = [];
  const memberRevs: number[] = [];
  for (let from = afterRev; ;) {
    const changes = await storage.conversations.readChanges({
      conversationId: model.conversationId,
      afterRev: from,
      limit,
      ...(throughRev !== null && { throughRev }),
      ...(throughSeq !== null && { throughSeq }),
    });
    assert.equal(changes.head.rev, model.rev);
    assert.ok(changes.messages.length <= limit);
    const revs = [...changes.messages, ...changes.members, ...(changes.info ? [changes.info] : [])].map(
      ({ rev }) => rev,
    );
    assert.ok(
      revs.every((rev) => rev > from && rev <= changes.throughRev),
      'a page keeps to its bounds',
    );
    messages.push(...changes.messages);
    memberRevs.push(...changes.members.map(({ rev }) => rev));
    assert.equal(changes.info !== undefined, throughSeq === null && isAsked(1) && from < 1);
    if (!changes.more) break;
    assert.ok(changes.throughRev > from, 'catch-up gets on');
    from = changes.throughRev;
  }
  assert.deepEqual(messages, expected);
  const joined = throughSeq === null ? [...model.memberRevs.values()].filter(isAsked) : [];
  assert.deepEqual(
    memberRevs.toSorted((one, other) => one - other),
    joined,
  );
}
