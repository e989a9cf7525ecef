import { countUnread } from '@parley/shared/model/unread.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exampleConversation } from '../ports/testing/example-records.ts';
import { choir, exampleId, ines, me, message } from '../testing/example-entities.ts';
import { settled } from '../testing/hand-clock.ts';
import { type TestAccount, testAccount } from '../testing/test-account.ts';
import { UnreadCounter } from './unread-counter.ts';

async function conversationOf(account: TestAccount, id: string, authors: string[], readSeq: number) {
  const all = authors.map((authorId, index) => message(index + 1, { authorId }));
  await account.context.memory.transact((transaction) => {
    for (const one of all) transaction.putMessage(id, one);
    transaction.put('conversations', id, exampleConversation(id, { seq: all.length }));
    transaction.put('markers', id, { conversationId: id, delivered: readSeq, read: readSeq });
  });
  return all;
}

test('D9 a recount says what the one pure function says, up to the cap', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(me, ines), { maxLength: 450 }),
      fc.integer({ min: 0, max: 460 }),
      async (authors, readSeq) => {
        const account = await testAccount();
        const all = await conversationOf(account, choir, authors, readSeq);
        new UnreadCounter(account.context).recount(choir);
        await account.context.memory.settled();
        expect(account.context.memory.get('conversations', choir)?.unread).toEqual({
          readSeq,
          count: Math.min(100, countUnread(all, me, readSeq)),
        });
      },
    ),
    { numRuns: 40 },
  );
});

test('D9 many recounts become few transactions, and one that changes nothing writes nothing', async () => {
  const account = await testAccount();
  const ids = Array.from({ length: 120 }, (_, index) => exampleId(6, index));
  for (const id of ids) await conversationOf(account, id, [ines, me, ines], 1);
  const batches: number[] = [];
  account.host.store.decideWrites((batch) => {
    batches.push(batch.length);
    return 'kept';
  });
  const counter = new UnreadCounter(account.context);
  for (const id of [...ids, ...ids]) counter.recount(id);
  await settled();
  expect(batches).toEqual([50, 50, 20]);
  for (const id of ids) expect(account.context.memory.get('conversations', id)?.unread.count).toBe(1);
  for (const id of ids) counter.recount(id);
  await settled();
  expect(batches).toHaveLength(3);
});

test('D9 a marker that is written again where it stands reads no messages', async () => {
  const account = await testAccount();
  await conversationOf(account, choir, [ines, ines, ines], 1);
  const counter = new UnreadCounter(account.context);
  const countOf = async () => {
    counter.markerWritten(choir);
    await settled();
    return account.context.memory.get('conversations', choir)?.unread;
  };
  expect(await countOf()).toEqual({ readSeq: 1, count: 2 });
  const { readMessages } = account.store;
  account.store.readMessages = () => Promise.reject(new Error('read again'));
  expect(await countOf()).toEqual({ readSeq: 1, count: 2 });
  expect(account.host.logged).toEqual([]);
  account.store.readMessages = readMessages;
  await account.keep('markers', { conversationId: choir, delivered: 3, read: 3 });
  expect(await countOf()).toEqual({ readSeq: 3, count: 0 });
});

test('D9 a hole above the marker is named while the count is below the cap', async () => {
  const account = await testAccount();
  const holes = [
    { fromSeq: 1, toSeq: 4 },
    { fromSeq: 8, toSeq: 20 },
  ];
  const about = (readSeq: number, count: number) =>
    exampleConversation(choir, { seq: 30, holes, unread: { readSeq, count } });
  const counter = new UnreadCounter(account.context);
  await account.keep('conversations', about(9, 3));
  expect(counter.uncounted()).toEqual([{ conversationId: choir, seq: 20 }]);
  await account.keep('conversations', about(9, 100));
  expect(counter.uncounted()).toEqual([]);
  await account.keep('conversations', about(20, 3));
  expect(counter.uncounted()).toEqual([]);
});
