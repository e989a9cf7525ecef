import assert from 'node:assert/strict';
import { StorageUnavailable, type Storage } from '../port/storage.ts';
import { exampleAccount, exampleCommit, exampleInfo, exampleMessage, exampleSession, mintId } from './examples.ts';
import type { DataSet, Rule } from './harness.ts';
import { createGroup, sendText } from './small-domain.ts';

const words = ['message', 'mail', 'name', 'title', 'draft', 'alias', 'device', 'answer'] as const;
const canaries = Object.fromEntries(words.map((word) => [word, `canary-${word}-7f3a9`])) as Record<
  (typeof words)[number],
  string
>;

/** Writes each canary where such words go. */
async function plant({ storage }: DataSet): Promise<void> {
  const [conversationId, userId] = [mintId(), mintId()];
  const message = exampleMessage({ body: { kind: 'text', text: canaries.message } });
  const head = { rev: 1, seq: 1, changeId: message.id };
  const info = exampleInfo({ title: canaries.title });
  await storage.conversations.commit(exampleCommit({ conversationId, head, info, messages: [message] }));
  await storage.accounts.create(exampleAccount({ userId, email: `${canaries.mail}@example.org`, name: canaries.name }));
  await storage.sessions.create(exampleSession({ userId, deviceName: canaries.device }));
  await storage.feeds.commit({
    userId,
    expectedRev: 0,
    entries: [
      {
        kind: 'contact',
        key: mintId(),
        alias: canaries.alias,
        email: 'x@example.org',
        directConversationId: mintId(),
        rev: 1,
      },
      { kind: 'draft', key: conversationId, text: canaries.draft, rev: 2 },
    ],
    intent: { id: mintId(), accountId: userId, answer: canaries.answer },
    at: 1,
  });
}

async function assertNoCanary(data: DataSet): Promise<void> {
  const files = (await data.bytesAtRest()).map((bytes) => Buffer.from(bytes));
  assert.ok(
    files.some((bytes) => bytes.length > 0),
    'something is kept somewhere',
  );
  for (const canary of Object.values(canaries))
    for (const bytes of files)
      for (const encoding of ['utf8', 'utf16le'] as const)
        assert.equal(bytes.includes(Buffer.from(canary, encoding)), false, `${canary} in plain ${encoding}`);
}

export const dataRules: Rule[] = [
  {
    title: 'S18 no words of people are at rest in plain, before and after a restart',
    async check(data) {
      await plant(data);
      await assertNoCanary(data);
      await data.restart();
      await assertNoCanary(data);
      await data.reopenAfterCrash();
      await assertNoCanary(data);
    },
  },
  {
    title: 'D14 the identity stays with the data',
    async check(data) {
      const { identity } = data.storage;
      assert.ok(identity.serverId.length > 0 && identity.epoch.length > 0);
      assert.deepEqual((await data.restart()).identity, identity);
      assert.deepEqual((await data.reopenAfterCrash()).identity, identity);
      assert.deepEqual((await data.another()).identity, identity);
    },
  },
  {
    title: 'D14 data that was restored has another epoch from its next start on, and is the same server',
    async check(data) {
      const { serverId } = data.storage.identity;
      await data.storage.renewEpoch('after the restore');
      const identity = { serverId, epoch: 'after the restore' };
      assert.deepEqual((await data.restart()).identity, identity);
      assert.deepEqual((await data.reopenAfterCrash()).identity, identity);
    },
  },
  {
    title: 'D12 closing finishes what was accepted and refuses the rest',
    async check(data) {
      const [conversationId, authorId] = [mintId(), mintId()];
      const { storage: first } = data;
      await createGroup(first, { id: mintId(), conversationId, authorId, memberIds: [] });
      const id = mintId();
      const commit = exampleCommit({
        conversationId,
        expectedRev: 1,
        head: { rev: 2, seq: 2, changeId: id },
        messages: [exampleMessage({ id, seq: 2, rev: 2 })],
      });
      const committing = whenDecided(first, () => first.conversations.commit(commit));
      const storage = await data.restart();
      assert.equal((await committing).kind, 'committed');
      assert.equal((await storage.conversations.findMessage(id))?.message.seq, 2);
      await assert.rejects(first.check(), StorageUnavailable);
      await assert.rejects(
        sendText(first, { id: mintId(), conversationId, authorId, text: 'late' }),
        StorageUnavailable,
      );
      await assert.rejects(
        whenDecided(first, () => first.check()),
        StorageUnavailable,
      );
      await first.close();
      await storage.check();
    },
  },
  {
    title: 'S18 whatever people type comes back as it was',
    async check(data) {
      const texts = ['', '\u0000', 'ünï \u{1f600}', '\ud800 alone', `quote ' " \\`, '\r\n\u2028', 'e\u0301'];
      const [conversationId, authorId] = [mintId(), mintId()];
      await createGroup(data.storage, { id: mintId(), conversationId, authorId, memberIds: [] });
      const ids = texts.map(() => mintId());
      for (const [index, text] of texts.entries())
        await sendText(data.storage, { id: ids[index] ?? '', conversationId, authorId, text });
      const storage = await data.restart();
      const found = await Promise.all(ids.map((id) => storage.conversations.findMessage(id)));
      assert.deepEqual(
        found.map((one) => one?.message.body),
        texts.map((text) => ({ kind: 'text', text })),
      );
    },
  },
];

/** Calls as late as the storage lets it. */
function whenDecided<T>({ conversations }: Storage, call: () => Promise<T>): Promise<T> {
  return new Promise((resolve) => conversations.beforeNext(() => resolve(call())));
}
