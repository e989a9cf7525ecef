import type { Placed } from '@parley/shared/contract/operations/conversations.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { Refusal } from '../connection/ask.ts';
import type { StoredIntent } from '../ports/local-store.ts';
import { choir, exampleId, orchestra } from '../testing/example-entities.ts';
import { settled } from '../testing/hand-clock.ts';
import { type TestAccount, testAccount, testHost } from '../testing/test-account.ts';
import { moveEntry, nextOf, stateOf } from './outbox-entry.ts';
import { Outbox } from './outbox.ts';
import { Pace } from './pace.ts';

let account: TestAccount;
let outbox: Outbox;
let isConnected: boolean;
let sent: {
  id: string;
  answer: (placed?: Partial<Placed>) => Promise<void>;
  refuse: (error: unknown) => Promise<void>;
}[];
let placed: (intent: StoredIntent) => Promise<void>;

const intentId = (number: number) => exampleId(5, number);

function open(): void {
  sent = [];
  outbox = new Outbox({
    context: account.context,
    ask: ((_: string, { id }: { id: string }) =>
      new Promise((resolve, reject) => {
        sent.push({
          id,
          answer: (about) => (resolve({ seq: 1, rev: 2, at: 3, ...about }), settled()),
          refuse: (error) => (reject(error as Error), settled()),
        });
      })) as never,
    isConnected: () => isConnected,
    placed: (intent) => placed(intent),
    changed: () => {},
  });
  account.context.memory.onCommitted(({ changed }) => {
    if (changed.has('outbox')) outbox.kick();
  });
}

/** As a push that brings the message back. */
async function settle(intent: StoredIntent): Promise<void> {
  await account.context.memory.transact((transaction) => transaction.put('outbox', intent.id, null));
}

async function add(number: number, conversationId = choir, operation: StoredIntent['operation'] = 'sendMessage') {
  const id = intentId(number);
  await account.context.memory.transact((transaction) =>
    outbox.add(transaction, { id, operation, conversationId, body: { id, conversationId, text: `text ${number}` } }),
  );
}

const sentNumbers = () => sent.map(({ id }) => Number.parseInt(id.slice(-8), 16));
const refusalOf = (number: number) => account.context.memory.get('outbox', intentId(number))?.refusal;

beforeEach(async () => {
  account = await testAccount();
  isConnected = true;
  placed = settle;
  open();
});

describe('order', () => {
  test('D7 one at a time in a conversation, in the order they were made; conversations do not wait for each other', async () => {
    for (const number of [1, 2, 3]) await add(number);
    await add(4, orchestra);
    expect(sentNumbers()).toEqual([1, 4]);
    await sent[0]?.answer();
    expect(sentNumbers()).toEqual([1, 4, 2]);
    await sent[2]?.answer();
    await sent[3]?.answer();
    expect(sentNumbers()).toEqual([1, 4, 2, 3]);
    expect(outbox.waiting).toBe(1);
  });

  test('D7 what is written in a group waits until there is one', async () => {
    await add(1, choir, 'createGroup');
    await add(2);
    expect(sentNumbers()).toEqual([1]);
    await sent[0]?.refuse(new Refusal('no_such_person'));
    await account.host.clock.advance(600_000);
    expect(sentNumbers()).toEqual([1]);
    await outbox.retry(intentId(1));
    await settled();
    await sent[1]?.answer();
    expect(sentNumbers()).toEqual([1, 1, 2]);
  });

  test('D7 a message that was refused for good does not hold back the next', async () => {
    await add(1);
    await add(2);
    await sent[0]?.refuse(new Refusal('message_too_long'));
    expect([sentNumbers(), refusalOf(1)]).toEqual([[1, 2], 'message_too_long']);
  });
});

describe('offered again after a restore', () => {
  const offer = (isOfferedAgain: boolean) =>
    account.keep('outbox', {
      id: intentId(1),
      order: 1,
      operation: 'sendMessage',
      conversationId: choir,
      body: { id: intentId(1), conversationId: choir, text: 'yes', replyTo: intentId(9) },
      at: 0,
      ...(isOfferedAgain && { isOfferedAgain }),
    });

  test('D14 an answer whose target the server has lost goes as a message of its own', async () => {
    await offer(true);
    await sent[0]?.refuse(new Refusal('reply_target_missing'));
    expect([sentNumbers(), refusalOf(1)]).toEqual([[1, 1], undefined]);
    const stored = account.context.memory.get('outbox', intentId(1));
    expect(stored?.body).toEqual({ id: intentId(1), conversationId: choir, text: 'yes' });
    await sent[1]?.refuse(new Refusal('reply_target_missing'));
    expect([sentNumbers(), refusalOf(1)]).toEqual([[1, 1], 'reply_target_missing']);
  });

  test('D14 one that was just written is refused, and says so', async () => {
    await offer(false);
    await sent[0]?.refuse(new Refusal('reply_target_missing'));
    expect([sentNumbers(), refusalOf(1)]).toEqual([[1], 'reply_target_missing']);
  });
});

describe('without an answer', () => {
  test('D7 nothing goes out without a line, and all of it once there is one', async () => {
    isConnected = false;
    await add(1);
    await add(2, orchestra);
    expect(sentNumbers()).toEqual([]);
    isConnected = true;
    outbox.connected();
    expect(sentNumbers()).toEqual([1, 2]);
  });

  test('D1 D7 a lost answer is asked for again under the same id when the line is back, and not before', async () => {
    await add(1);
    isConnected = false;
    await sent[0]?.refuse(new Refusal('not_connected'));
    await account.host.clock.advance(3_600_000);
    expect(sentNumbers()).toEqual([1]);
    isConnected = true;
    outbox.connected();
    await sent[1]?.answer();
    expect([sentNumbers(), outbox.waiting]).toEqual([[1, 1], 0]);
  });

  test('D7 no answer over a line that stands: again, later and later', async () => {
    await add(1);
    for (const waitMs of [500, 1_000, 2_000]) {
      const { length } = sent;
      await sent.at(-1)?.refuse(new Refusal('not_connected'));
      await account.host.clock.advance(waitMs - 1);
      expect(sent).toHaveLength(length);
      await account.host.clock.advance(1);
      expect(sent).toHaveLength(length + 1);
    }
  });

  test('D7 "later" is as late as the server says, within reason, and ends with a new line', async () => {
    await add(1);
    await sent[0]?.refuse(new Refusal('rate_limited', 9_000));
    await account.host.clock.advance(8_999);
    expect(sent).toHaveLength(1);
    await account.host.clock.advance(1);
    expect(sent).toHaveLength(2);
    await sent[1]?.refuse(new Refusal('unavailable', 1e15));
    outbox.connected();
    expect(sent).toHaveLength(3);
    await sent[2]?.refuse(new Refusal('unavailable', 1e15));
    await account.host.clock.advance(3_600_000);
    expect(sent).toHaveLength(4);
  });

  test('D7 placed, and then the catch-up that brings it fails: it is not refused, and goes with the next one', async () => {
    placed = () => Promise.reject(new Refusal('invalid_request'));
    await add(1);
    await add(2);
    await sent[0]?.answer();
    expect([refusalOf(1), sentNumbers(), outbox.waiting]).toEqual([undefined, [1, 2], 2]);
    placed = settle;
    await sent[1]?.answer();
    outbox.connected();
    await sent[2]?.answer();
    expect([sentNumbers(), outbox.waiting]).toEqual([[1, 2, 1], 0]);
  });

  test('D7 what a push has settled while it was sent is not sent again', async () => {
    await add(1);
    await settle(outbox.lane(choir)[0] as StoredIntent);
    await sent[0]?.refuse(new Refusal('not_connected'));
    await account.host.clock.advance(60_000);
    outbox.connected();
    expect(sentNumbers()).toEqual([1]);
  });
});

describe('refused', () => {
  test('D7 stays until the person retries or discards', async () => {
    await add(1);
    await add(2);
    await sent[0]?.refuse(new Refusal('reply_target_missing'));
    await sent[1]?.refuse(new Refusal('not_a_member'));
    outbox.connected();
    expect([sentNumbers(), refusalOf(1), refusalOf(2)]).toEqual([[1, 2], 'reply_target_missing', 'not_a_member']);
    await outbox.retry(intentId(1));
    await settled();
    expect([sentNumbers(), refusalOf(1)]).toEqual([[1, 2, 1], undefined]);
    await account.context.memory.transact((transaction) => outbox.discard(transaction, intentId(2)));
    expect(outbox.waiting).toBe(1);
  });

  test('D7 what is being sent cannot be taken back, nor retried into a second one', async () => {
    await add(1);
    await account.context.memory.transact((transaction) => outbox.discard(transaction, intentId(1)));
    await outbox.retry(intentId(1));
    expect([outbox.waiting, sentNumbers()]).toEqual([1, [1]]);
  });

  test('D7 and a store that cannot keep the refusal: it is tried again', async () => {
    await add(1);
    account.host.store.decideWrites(() => 'refused');
    await sent[0]?.refuse(new Refusal('not_a_member'));
    account.host.store.decideWrites(() => 'kept');
    await account.host.clock.advance(500);
    await sent[1]?.refuse(new Refusal('not_a_member'));
    expect(refusalOf(1)).toBe('not_a_member');
  });
});

describe('what a process leaves behind', () => {
  async function restart(): Promise<void> {
    account.host.store.crash();
    account = await testAccount(testHost({ disk: account.host.store.disk }));
    open();
    outbox.connected();
  }

  test('D7 killed between the store and the line, or before the answer: the same ids go out, in the same order', async () => {
    isConnected = false;
    for (const number of [1, 2, 3]) await add(number);
    isConnected = true;
    await restart();
    expect(sentNumbers()).toEqual([1]);
    await restart();
    for (let turn = 0; turn < 3; turn += 1) await sent.at(-1)?.answer();
    expect([sentNumbers(), outbox.waiting]).toEqual([[1, 2, 3], 0]);
  });

  test('D7 what is written afterwards goes after what was left, and a refusal is still one', async () => {
    await add(1);
    await sent[0]?.refuse(new Refusal('not_a_member'));
    isConnected = false;
    await add(2);
    await restart();
    await add(3);
    expect(outbox.lane(choir).map(({ order }) => order)).toEqual([1, 2, 3]);
    expect([refusalOf(1), outbox.waiting]).toEqual(['not_a_member', 3]);
  });
});

describe('pace', () => {
  test('D7 no faster than the server told: a burst, then one after the other', async () => {
    outbox.paceTo({ messages: { perSecond: 2, burst: 3 } });
    for (let number = 1; number <= 6; number += 1) await add(number, exampleId(6, number));
    expect(sentNumbers()).toEqual([1, 2, 3]);
    await account.host.clock.advance(499);
    expect(sentNumbers()).toHaveLength(3);
    await account.host.clock.advance(1);
    expect(sentNumbers()).toHaveLength(4);
    await account.host.clock.advance(60_000);
    expect(sentNumbers()).toHaveLength(6);
  });

  test('D7 groups are made at the rate of changes, which messages do not use up', async () => {
    outbox.paceTo({ messages: { perSecond: 1, burst: 1 }, changes: { perSecond: 1, burst: 2 } });
    for (let number = 1; number <= 2; number += 1) await add(number, exampleId(6, number));
    for (let number = 3; number <= 5; number += 1) await add(number, exampleId(6, number), 'createGroup');
    expect(sentNumbers()).toEqual([1, 3, 4]);
  });

  test('D6 D7 measured by the clock that never runs backwards', () => {
    const { clock } = account.host;
    const pace = new Pace(clock, { perSecond: 4, burst: 1 });
    expect([pace.take(), pace.take()]).toEqual([0, 250]);
    clock.setWall(9_999_999_999_999);
    expect(pace.take()).toBe(250);
  });
});

test('stopped: nothing is sent or scheduled any more', async () => {
  await add(1);
  await add(2, orchestra);
  await sent[0]?.refuse(new Refusal('unavailable'));
  outbox.stop();
  await sent[1]?.refuse(new Refusal('unavailable'));
  await account.host.clock.advance(60_000);
  outbox.connected();
  expect([sentNumbers(), account.host.clock.waiting]).toEqual([[1, 2], 0]);
});

describe('an entry', () => {
  const waiting = { kind: 'waiting' } as const;
  const sending = { kind: 'sending' } as const;
  const refused = { kind: 'refused', code: 'not_a_member' } as const;

  test.each([
    [waiting, sending],
    [sending, waiting],
    [sending, refused],
    [refused, waiting],
  ])('D7 goes from %j to %j', (from, to) => {
    expect(moveEntry(from, to)).toBe(to);
  });

  test.each([
    [waiting, waiting],
    [waiting, refused],
    [sending, sending],
    [refused, sending],
    [refused, refused],
  ])('D7 does not go from %j to %j', (from, to) => {
    expect(() => moveEntry(from, to)).toThrow('does not go');
  });

  test('D7 the next of a conversation is the oldest that was not refused, unless there is no conversation', () => {
    const entry = (id: string, about: Partial<StoredIntent> = {}) =>
      ({ id, order: 1, operation: 'sendMessage', conversationId: choir, body: {}, at: 0, ...about }) as StoredIntent;
    expect(nextOf([])).toBeUndefined();
    expect(nextOf([entry('a', { refusal: 'x' }), entry('b'), entry('c')])?.id).toBe('b');
    expect(nextOf([entry('a', { operation: 'createGroup', refusal: 'x' }), entry('b')])).toBeUndefined();
    expect(stateOf(entry('a', { refusal: 'not_a_member' }), true)).toEqual(refused);
  });
});
