import { beforeEach, expect, test } from 'vitest';
import { Refusal } from '../connection/ask.ts';
import { choir, exampleId, ines, me, membership, message } from '../testing/example-entities.ts';
import { settled } from '../testing/hand-clock.ts';
import { type FakeAsk, fakeAsk, type TestAccount, testAccount } from '../testing/test-account.ts';
import { AccountSync } from './account-sync.ts';
import { ConversationSync } from './conversation-sync.ts';
import { Incoming } from './incoming.ts';

let account: TestAccount;
let server: FakeAsk;
let incoming: Incoming;
let batches: number;
let failures: number;
let isConnected: boolean;
let refusals: Refusal[];
let members: ((value: unknown) => void)[];

beforeEach(async () => {
  account = await testAccount();
  await account.keep('feed', membership(choir));
  members = [];
  isConnected = true;
  refusals = [];
  const refuse = () => {
    const refusal = refusals.shift();
    return refusal === undefined ? new Promise(() => {}) : Promise.reject(refusal);
  };
  server = fakeAsk({
    getMembers: () => new Promise((resolve) => members.push(resolve)),
    syncConversations: refuse,
    syncAccount: refuse,
  });
  failures = 0;
  incoming = new Incoming({
    context: account.context,
    ask: server.ask,
    isConnected: () => isConnected,
    account: new AccountSync(account.context, server.ask),
    conversations: new ConversationSync(account.context, server.ask, () => {}),
    failed: () => (failures += 1),
  });
  batches = 0;
  account.host.store.decideWrites(() => {
    batches += 1;
    return 'kept';
  });
});

function tell(rev: number, afterRev = rev - 1): void {
  const push = {
    conversationId: choir,
    afterRev,
    rev,
    changeId: exampleId(7, rev),
    records: { messages: [message(rev)] },
  };
  incoming.take({ kind: 'conversation', push });
}

function tellMarkers(mrev: number): void {
  const markers = [{ userId: ines, delivered: mrev, read: mrev }];
  incoming.take({ kind: 'markers', moved: { conversationId: choir, afterMrev: mrev - 1, mrev, markers } });
}

test('D4 what arrived together is one transaction, and each record is written once', async () => {
  let writes = 0;
  account.host.store.decideWrites((batch) => {
    batches += 1;
    writes += batch.length;
    return 'kept';
  });
  for (let rev = 1; rev <= 50; rev += 1) tell(rev);
  incoming.take({ kind: 'account', advance: { afterRev: 0, rev: 1, entries: [membership(choir, { rev: 1 })] } });
  await incoming.settled();
  expect([batches, writes]).toEqual([1, 50 + 1 + 1]);
  expect(account.context.memory.get('conversations', choir)).toMatchObject({ rev: 50, seq: 50 });
  expect(account.context.memory.get('account', 'account')?.feedRev).toBe(1);
});

test('D4 a store that fails leaves cursor and records together, and begins again from what is stored', async () => {
  tell(1);
  await incoming.settled();
  account.host.store.decideWrites(() => 'refused');
  tell(2);
  let isDone = false;
  incoming.take({
    kind: 'own',
    push: {
      conversationId: choir,
      afterRev: 2,
      rev: 3,
      changeId: exampleId(7, 3),
      records: {},
      intentId: exampleId(7, 3),
    },
    done: () => (isDone = true),
  });
  await incoming.settled();
  expect([failures, isDone]).toEqual([1, true]);
  expect(account.context.memory.get('conversations', choir)).toMatchObject({ rev: 1, seq: 1 });
  account.host.store.decideWrites(() => 'kept');
  tell(2);
  await incoming.settled();
  expect(account.context.memory.get('conversations', choir)?.rev).toBe(2);
});

test('D4 gaps are fetched after what arrived is stored: conversations together, the feed once', async () => {
  tell(5);
  tell(6);
  incoming.take({ kind: 'account', advance: { afterRev: 4, rev: 5, entries: [] } });
  await incoming.settled();
  await settled();
  expect(server.asked.map(({ operation }) => operation).toSorted()).toEqual(['syncAccount', 'syncConversations']);
});

test('D9 missing markers are asked for once, however many come meanwhile', async () => {
  tell(1);
  await incoming.settled();
  for (const mrev of [5, 6, 7]) {
    tellMarkers(mrev);
    await incoming.settled();
  }
  expect(server.asked.map(({ operation }) => operation)).toEqual(['getMembers']);
  members[0]?.({ atRev: 1, members: [], mrev: 7, markers: [{ userId: me, delivered: 1, read: 1 }] });
  await settled();
  expect(account.context.memory.get('conversations', choir)).toMatchObject({
    mrev: 7,
    markers: [{ userId: ines, read: 7 }, { userId: me }],
  });
});

test('D4 a gap the server puts off is asked for again, until it is closed', async () => {
  refusals = [new Refusal('rate_limited', 3_000), new Refusal('unavailable'), new Refusal('internal')];
  tell(5);
  await incoming.settled();
  await account.host.clock.advance(3_000);
  await account.host.clock.advance(10_000);
  expect(server.asked.map(({ operation }) => operation)).toEqual(Array(4).fill('syncConversations'));
  expect(server.asked.at(-1)?.input).toMatchObject({ cursors: [{ conversationId: choir }] });
});

test('D4 a gap that was refused for good, or whose line broke, is left to the next catch-up', async () => {
  refusals = [new Refusal('forbidden')];
  tell(5);
  await incoming.settled();
  await account.host.clock.advance(600_000);
  expect(server.asked).toHaveLength(1);
  refusals = [new Refusal('not_connected')];
  isConnected = false;
  tell(6);
  await incoming.settled();
  await account.host.clock.advance(600_000);
  expect(server.asked).toHaveLength(2);
});

test('D4 stopped, nothing is asked for any more', async () => {
  refusals = [new Refusal('unavailable')];
  incoming.take({ kind: 'account', advance: { afterRev: 4, rev: 5, entries: [] } });
  await incoming.settled();
  await settled();
  incoming.stop();
  expect(account.host.clock.waiting).toBe(0);
});
