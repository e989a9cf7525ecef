import { beforeEach, expect, test } from 'vitest';
import { exampleConversation } from '../ports/testing/example-records.ts';
import { choir, message, messageId, orchestra } from '../testing/example-entities.ts';
import { settled } from '../testing/hand-clock.ts';
import { type TestAccount, testAccount } from '../testing/test-account.ts';
import type { Committed } from './account-memory.ts';

let account: TestAccount;
let committed: Committed[];

beforeEach(async () => {
  account = await testAccount();
  committed = [];
  account.context.memory.onCommitted((one) => committed.push(one));
});

test('D4 a transaction sees what it wrote, and everybody else only once it is stored', async () => {
  const { memory } = account.context;
  const done = memory.transact(async (transaction) => {
    transaction.put('conversations', choir, exampleConversation(choir, { rev: 2 }));
    transaction.putMessage(choir, message(1));
    expect(transaction.get('conversations', choir)?.rev).toBe(2);
    expect((await transaction.findMessages(choir, [messageId(1)])).get(messageId(1))).toEqual(message(1));
    expect(memory.get('conversations', choir)).toBeUndefined();
  });
  await done;
  expect(memory.get('conversations', choir)?.rev).toBe(2);
  expect(committed).toMatchObject([{ messages: [{ conversationId: choir, message: { seq: 1 } }] }]);
  expect([...(committed[0]?.changed.get('conversations') ?? [])]).toEqual([choir]);
});

test('D4 one that the store refuses, or whose work throws, changes nothing, and the next one runs', async () => {
  const { memory } = account.context;
  const put = (rev: number) =>
    memory.transact((transaction) => transaction.put('conversations', choir, exampleConversation(choir, { rev })));
  account.host.store.decideWrites(() => 'refused');
  await expect(put(1)).rejects.toThrow('refuses');
  account.host.store.decideWrites(() => 'kept');
  await expect(
    memory.transact((transaction) => {
      transaction.put('conversations', choir, exampleConversation(choir, { rev: 2 }));
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  expect([memory.get('conversations', choir), committed]).toEqual([undefined, []]);
  await put(3);
  expect(memory.get('conversations', choir)?.rev).toBe(3);
});

test('D4 they run one after the other, in the order they were handed in', async () => {
  const { memory } = account.context;
  const order: number[] = [];
  const first = memory.transact(async () => {
    await settled();
    order.push(1);
  });
  void memory.transact(() => void order.push(2));
  await memory.settled();
  await first;
  expect(order).toEqual([1, 2]);
});

test('of several writes of one record the last is stored, once', async () => {
  const batches: number[] = [];
  account.host.store.decideWrites((batch) => {
    batches.push(batch.length);
    return 'kept';
  });
  await account.context.memory.transact((transaction) => {
    for (let rev = 1; rev <= 9; rev += 1) {
      transaction.put('conversations', choir, exampleConversation(choir, { rev }));
      transaction.put('conversations', orchestra, rev === 9 ? null : exampleConversation(orchestra, { rev }));
    }
  });
  expect(batches).toEqual([2]);
  expect((await account.store.readAll('conversations')).map(({ rev }) => rev)).toEqual([9]);
});

test('D14 messages that were forgotten are not found any more, those written after are', async () => {
  const { memory } = account.context;
  await memory.transact((transaction) => transaction.putMessage(choir, message(1)));
  await memory.transact(async (transaction) => {
    transaction.putMessage(choir, message(2));
    transaction.putMessage(orchestra, message(2));
    transaction.forgetMessages(choir);
    transaction.putMessage(choir, message(3));
    const ids = [1, 2, 3].map(messageId);
    expect([...(await transaction.findMessages(choir, ids)).keys()]).toEqual([messageId(3)]);
    expect([...(await transaction.findMessages(orchestra, ids)).keys()]).toEqual([messageId(2)]);
  });
});
