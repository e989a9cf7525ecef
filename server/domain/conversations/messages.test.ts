import { v7 as mintUuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodeClock } from '../../node-clock.ts';
import { SqliteDataSet } from '../../storage/sqlite/testing/sqlite-harness.ts';
import { createMemoryChannel } from '../../testing/memory-channel.ts';
import { createConversationDomain } from './create-conversation-domain.ts';

const ann = { userId: mintUuid(), sessionId: mintUuid(), deviceId: mintUuid() };

let data: SqliteDataSet;
beforeAll(async () => {
  data = new SqliteDataSet();
  await data.open();
});
afterAll(() => data.dispose());

const answersOf = (messageMaxChars: number) =>
  createConversationDomain({
    storage: data.storage,
    clock: nodeClock,
    channel: createMemoryChannel(),
    log: { info() {}, warn() {}, error() {} },
    directIdOf: () => '',
    settings: {
      discovery: 'off',
      maxGroupMembers: 10,
      messageMaxChars,
      markersGatherMs: 1,
      presenceGatherMs: 1,
      refreshHeadsMs: 60_000,
      leapAboveRevs: 10,
    },
  }).answers;

test('D1 a message that was accepted gets its first answer, also where it would be too long by now', async () => {
  const conversationId = mintUuid();
  const [before, after] = [answersOf(5), answersOf(4)];
  await before.createGroup(ann, { id: conversationId, title: 'Hikers', history: 'everything', memberIds: [] });
  const hello = { id: mintUuid(), conversationId, text: 'Hello' };
  const first = await before.sendMessage(ann, hello);
  expect(await after.sendMessage(ann, hello)).toEqual(first);
  await expect(after.sendMessage(ann, { ...hello, id: mintUuid() })).rejects.toMatchObject({
    code: 'message_too_long',
  });
  expect(await after.sendMessage(ann, { ...hello, id: mintUuid(), text: 'Hell' })).toMatchObject({
    seq: first.seq + 1,
  });
});
