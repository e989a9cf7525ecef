import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { exampleConversation } from '../ports/testing/example-records.ts';
import { choir, ines, me, message, messageId, messages, noor } from '../testing/example-entities.ts';
import { type TestAccount, testAccount } from '../testing/test-account.ts';
import { applyRecords, emptyConversation, type IncomingRecords, mergeMarkers } from './apply-records.ts';
import { holeAt } from './holes.ts';

let account: TestAccount;

beforeEach(async () => {
  account = await testAccount();
});

async function apply(records: IncomingRecords) {
  return account.context.memory.transact(async (transaction) => {
    const held = transaction.get('conversations', choir) ?? emptyConversation(choir);
    const applied = await applyRecords(transaction, held, records, me);
    transaction.put('conversations', choir, applied.conversation);
    return applied;
  });
}

function stored() {
  return account.store.readMessages({ conversationId: choir, fromSeq: 0, toSeq: 999, limit: 999, take: 'oldest' });
}

describe('messages', () => {
  test('D4 new ones go on top, in the order of seq however they come', async () => {
    const { conversation, settledIds } = await apply({ messages: messages(1, 3).toReversed() });
    expect(conversation).toMatchObject({ seq: 3, holes: [], lastMessage: { seq: 3 }, unread: { count: 3 } });
    expect(settledIds).toEqual([1, 2, 3].map(messageId));
  });

  test('D5 what is missing below a new one is a hole', async () => {
    const { conversation } = await apply({ messages: [...messages(1, 2), ...messages(7, 8)] });
    expect(conversation.holes).toEqual([{ fromSeq: 3, toSeq: 6 }]);
  });

  test('D4 a copy is replaced by a higher rev only, and then the unread are counted again', async () => {
    await apply({ messages: messages(1, 2) });
    expect(await apply({ messages: [message(1, { rev: 1, text: 'same rev' })] })).toMatchObject({ mustRecount: false });
    expect(await apply({ messages: [message(2, { rev: 9, text: 'edited' })] })).toMatchObject({
      mustRecount: true,
      conversation: { lastMessage: { text: 'edited' } },
    });
    expect((await stored()).map((held) => 'text' in held && held.text)).toEqual(['text 1', 'edited']);
  });

  test('D4 a change of a message that is not held is dropped, and says at which rev', async () => {
    await apply({ messages: messages(5, 6) });
    const applied = await apply({ messages: [message(3, { rev: 20 }), message(4, { rev: 12 })] });
    expect(applied).toMatchObject({ droppedRev: 20, mustRecount: false });
    expect(applied.settledIds).toEqual([messageId(3), messageId(4)]);
    expect((await stored()).map(({ seq }) => seq)).toEqual([5, 6]);
  });

  test('D2 a place beyond anything a conversation reaches is not taken in', async () => {
    const { conversation } = await apply({ messages: [message(1), message(2 ** 26 + 1), message(2 ** 53 - 2)] });
    expect(conversation).toMatchObject({ seq: 1, holes: [], lastMessage: { seq: 1 } });
  });

  test('D9 own words, deletions and system messages are not unread, and beyond 100 nothing is counted', async () => {
    const { conversation } = await apply({ messages: [message(1, { authorId: me }), message(2)] });
    expect(conversation.unread.count).toBe(1);
    expect((await apply({ messages: messages(3, 180) })).conversation.unread.count).toBe(100);
  });

  test('D4 any batches in any order, twice or old, end with the newest copy of what is held', async () => {
    const change = fc.record({ seq: fc.integer({ min: 1, max: 12 }), rev: fc.integer({ min: 1, max: 9 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(change, { maxLength: 6 }), { maxLength: 8 }), async (batches) => {
        account = await testAccount();
        const model = new Map<number, number>();
        let highest = 0;
        let passed = new Set<number>();
        for (const batch of batches) {
          for (const { seq, rev } of batch.toSorted((a, b) => a.seq - b.seq)) {
            if (seq > highest) {
              for (let between = highest + 1; between < seq; between += 1) passed.add(between);
              highest = seq;
              model.set(seq, rev);
            } else if (!passed.has(seq)) model.set(seq, Math.max(rev, model.get(seq) ?? 0));
          }
          const { conversation } = await apply({
            messages: batch.map(({ seq, rev }) => message(seq, { rev, text: `rev ${rev}` })),
          });
          expect(conversation.seq).toBe(highest);
          for (let seq = 1; seq <= highest; seq += 1) {
            expect(holeAt(conversation.holes, seq) !== undefined).toBe(passed.has(seq));
          }
        }
        expect((await stored()).map(({ seq, rev }) => [seq, rev])).toEqual([...model].toSorted(([a], [b]) => a - b));
        passed = new Set();
      }),
      { numRuns: 60 },
    );
  });
});

describe('what a conversation is', () => {
  const info = { kind: 'group', history: 'everything', createdAt: 1 } as const;
  const member = { userId: ines, role: 'member', state: 'in' } as const;

  test('D4 newer info and members replace older ones, never the other way round', async () => {
    await apply({ info: { ...info, title: 'Choir', rev: 4 }, members: [{ ...member, rev: 4 }] });
    const { conversation } = await apply({
      info: { ...info, title: 'Old', rev: 3 },
      members: [
        { ...member, state: 'left', rev: 2 },
        { ...member, userId: noor, rev: 5 },
      ],
    });
    expect(conversation.info?.title).toBe('Choir');
    expect(conversation.members.map(({ userId, state }) => [userId, state])).toEqual([
      [ines, 'in'],
      [noor, 'in'],
    ]);
  });

  test('D3 records without members leave the very same members', async () => {
    const held = exampleConversation(choir, { members: [{ ...member, rev: 1 }] });
    await account.context.memory.transact(async (transaction) => {
      const { conversation } = await applyRecords(transaction, held, { messages: [message(2)] }, me);
      expect(conversation.members).toBe(held.members);
    });
  });

  test('D9 markers only grow', () => {
    const held = [{ userId: ines, delivered: 9, read: 4 }];
    expect(
      mergeMarkers(held, [
        { userId: ines, delivered: 7, read: 6 },
        { userId: noor, delivered: 1, read: 0 },
      ]),
    ).toEqual([
      { userId: ines, delivered: 9, read: 6 },
      { userId: noor, delivered: 1, read: 0 },
    ]);
  });
});
