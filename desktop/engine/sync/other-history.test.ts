import type { ConversationInfo, Member } from '@parley/shared/contract/entities/conversation.ts';
import { beforeEach, expect, test } from 'vitest';
import { exampleConversation } from '../ports/testing/example-records.ts';
import { choir, ines, me, message } from '../testing/example-entities.ts';
import { type TestAccount, testAccount } from '../testing/test-account.ts';
import { outdateOne } from './other-history.ts';

let account: TestAccount;

beforeEach(async () => {
  account = await testAccount();
});

const member = (userId: string): Member => ({ userId, role: 'member', state: 'in', rev: 1 });
const info = (kind: ConversationInfo['kind']): ConversationInfo => ({
  kind,
  history: 'everything',
  createdAt: 1,
  rev: 1,
});

async function offered(about: Parameters<typeof exampleConversation>[1]) {
  const held = exampleConversation(choir, about);
  await account.keep('conversations', held);
  await account.context.memory.transact((transaction) => outdateOne(account.context, transaction, held, 0));
  return [...account.context.memory.all('outbox')];
}

async function store(...seqs: number[]): Promise<void> {
  await account.context.memory.transact((transaction) => {
    for (const seq of seqs) transaction.putMessage(choir, message(seq, { authorId: me }));
  });
}

test.each([
  ['direct', ines],
  ['group', undefined],
] as const)('D14 only what is offered to one person names them: a %s conversation', async (kind, directWith) => {
  await store(1);
  const [intent] = await offered({ info: info(kind), members: [member(me), member(ines)] });
  expect((intent?.body as { directWith?: string } | undefined)?.directWith).toBe(directWith);
  expect(intent?.isOfferedAgain).toBe(true);
});

test('D14 however high a server says the conversation reaches, it is read from record to record', async () => {
  await store(1, 2, 700_000, 2 ** 50);
  const intents = await offered({ seq: 2 ** 53 - 1, holes: [{ fromSeq: 3, toSeq: 2 ** 53 - 1 }] });
  expect(intents).toHaveLength(4);
});

test('D14 everything own is offered, however much it is', async () => {
  await store(...Array.from({ length: 1_100 }, (_, index) => index + 1));
  const intents = await offered({ seq: 1_100 });
  expect(intents.toSorted((a, b) => a.order - b.order).map(({ id }) => id)).toEqual(
    Array.from({ length: 1_100 }, (_, index) => message(index + 1).id),
  );
});
