import { beforeEach, expect, test } from 'vitest';
import { Refusal } from '../connection/ask.ts';
import { exampleConversation } from '../ports/testing/example-records.ts';
import { choir, exampleId, me, membership, message } from '../testing/example-entities.ts';
import { fakeAsk, type TestAccount, testAccount } from '../testing/test-account.ts';
import { MarkerSender } from './marker-sender.ts';

interface Move {
  conversationId: string;
  delivered: number;
  read: number;
}

let account: TestAccount;
let markers: MarkerSender;
let told: Move[][];
let answer: () => unknown;

beforeEach(async () => {
  account = await testAccount();
  told = [];
  answer = () => ({});
  const { ask } = fakeAsk({
    moveMarkers: ({ moves }: { moves: Move[] }) => {
      told.push(moves);
      return answer();
    },
  });
  markers = new MarkerSender(account.context, ask, () => true);
  await account.keep('feed', membership(choir));
});

const advance = (ms: number) => account.host.clock.advance(ms);
async function holds(seq: number, authorId?: string): Promise<void> {
  const last = message(seq, authorId === undefined ? {} : { authorId });
  await account.keep('conversations', exampleConversation(choir, { seq, lastMessage: last }));
  markers.stored([{ conversationId: choir, message: last }]);
}

test('D9 what is stored is told gathered, what is read grows only, and what is confirmed is not told again', async () => {
  await holds(3);
  await holds(4);
  await markers.read(choir, 2);
  await advance(300);
  expect(told).toEqual([[{ conversationId: choir, delivered: 4, read: 2 }]]);
  await markers.read(choir, 1);
  await markers.read(choir, 9);
  await advance(60_000);
  expect(told.slice(1)).toEqual([[{ conversationId: choir, delivered: 4, read: 4 }]]);
});

test('D9 receiving my own words is nothing to tell, but what came just before them is', async () => {
  await holds(1);
  await advance(300);
  await holds(2, me);
  await advance(60_000);
  expect(told).toHaveLength(1);
  await holds(3);
  await holds(4, me);
  await advance(300);
  expect(told[1]).toEqual([{ conversationId: choir, delivered: 3, read: 0 }]);
});

test('D9 is told again with every connection, until the shared markers are as far', async () => {
  await holds(5);
  await advance(300);
  markers.connected();
  await advance(300);
  expect(told).toHaveLength(2);
  const shared = [{ userId: me, delivered: 5, read: 0 }];
  await account.keep('conversations', exampleConversation(choir, { seq: 5, markers: shared }));
  markers.connected();
  await advance(60_000);
  expect(told).toHaveLength(2);
});

test('D7 refused: later and later, never in a tight circle', async () => {
  answer = () => {
    throw new Refusal('invalid_request');
  };
  await holds(5);
  await advance(3_600_000);
  expect(told.length).toBeGreaterThan(5);
  expect(told.length).toBeLessThan(140);
  answer = () => {
    throw new Refusal('rate_limited', 90_000);
  };
  await advance(30_000);
  const { length } = told;
  await advance(59_000);
  expect(told).toHaveLength(length);
});

test('D9 a hundred conversations at once, those I am not in never', async () => {
  const ids = Array.from({ length: 130 }, (_, index) => exampleId(6, index));
  await account.keep('feed', ...ids.map((id) => membership(id)), membership(choir, { state: 'left' }));
  await account.keep('conversations', ...[...ids, choir].map((id) => exampleConversation(id, { seq: 2 })));
  markers.connected();
  await advance(1_000);
  expect(told.map((moves) => moves.length)).toEqual([100, 30]);
});

test('stopped: nothing is scheduled any more, whatever comes back', async () => {
  let reply: (value: unknown) => void = () => {};
  answer = () => new Promise((resolve) => (reply = resolve));
  await holds(1);
  await advance(300);
  await holds(2);
  markers.stop();
  reply({});
  await advance(60_000);
  expect([told.length, account.host.clock.waiting]).toEqual([1, 0]);
});
