import { beforeEach, expect, test } from 'vitest';
import { Refusal } from '../connection/ask.ts';
import { exampleConversation } from '../ports/testing/example-records.ts';
import { choir, exampleId, me } from '../testing/example-entities.ts';
import { settled } from '../testing/hand-clock.ts';
import { fakeAsk, type TestAccount, testAccount } from '../testing/test-account.ts';
import { Receipts } from './receipts.ts';

let account: TestAccount;
let receipts: Receipts;
let own: number[];
let isConnected: boolean;
let asked: number[][];
let answer: (seqs: number[]) => { seq: number; delivered: number; read: number; others: number }[];
let changes: number;

beforeEach(async () => {
  account = await testAccount();
  own = [3, 4];
  isConnected = true;
  asked = [];
  changes = 0;
  answer = (seqs) => seqs.map((seq) => ({ seq, delivered: 60, read: seq === 3 ? 60 : 9, others: 60 }));
  const { ask } = fakeAsk({
    countReceipts: ({ seqs }: { seqs: number[] }) => {
      asked.push(seqs);
      return { receipts: answer(seqs) };
    },
  });
  receipts = new Receipts({
    context: account.context,
    ask,
    isConnected: () => isConnected,
    ownSeqs: () => own,
    changed: () => (changes += 1),
  });
});

async function people(count: number): Promise<void> {
  const ids = [me, ...Array.from({ length: count - 1 }, (_, index) => exampleId(8, index))];
  const members = ids.map((userId) => ({ userId, role: 'member' as const, state: 'in' as const, rev: 1 }));
  await account.keep('conversations', exampleConversation(choir, { members }));
}

test('D9 above 50 members an open thread asks at once, then every ten seconds, for what is not read by all yet', async () => {
  await people(51);
  receipts.watch(choir);
  await account.host.clock.advance(20_000);
  expect(asked).toEqual([[3, 4], [4], [4]]);
  expect([receipts.of(choir)?.get(4), changes]).toEqual([{ delivered: 60, read: 9, others: 60 }, 3]);
  receipts.end(choir);
  await account.host.clock.advance(60_000);
  expect([asked.length, receipts.of(choir), account.host.clock.waiting]).toEqual([3, undefined, 0]);
});

test('D9 up to 50 members nobody asks: the markers are here', async () => {
  await people(50);
  receipts.watch(choir);
  await account.host.clock.advance(20_000);
  expect(asked).toEqual([]);
});

test('D9 without a line nobody asks, and a refusal is asked again later', async () => {
  await people(51);
  isConnected = false;
  receipts.watch(choir);
  await settled();
  expect(asked).toEqual([]);
  isConnected = true;
  answer = () => {
    throw new Refusal('rate_limited');
  };
  await account.host.clock.advance(20_000);
  expect([asked.length, changes]).toEqual([2, 0]);
});

test('D9 of many the newest 50 are asked for', async () => {
  await people(51);
  own = Array.from({ length: 80 }, (_, index) => index + 1);
  receipts.watch(choir);
  await settled();
  expect([asked[0]?.[0], asked[0]?.length]).toEqual([31, 50]);
});

test('D9 an answer after the thread was closed is let go of', async () => {
  await people(51);
  receipts.watch(choir);
  receipts.end(choir);
  await settled();
  expect([receipts.of(choir), changes]).toEqual([undefined, 0]);
});
