import assert from 'node:assert/strict';
import { StorageUnavailable, type Storage } from '../port/storage.ts';
import { assertConsistent } from './consistency.ts';
import { exampleAccount, mintId } from './examples.ts';
import type { DataSet, Rule } from './harness.ts';
import { createGroup, removeMember, scrub, sendText } from './small-domain.ts';

/** Something a person does. */
interface Deed {
  /** May be said again with the same ids, and then gives the same answer. */
  tell(storage: Storage): Promise<unknown>;
  /** Whether it is recorded, without telling it. */
  isThere(storage: Storage): Promise<boolean>;
}

interface Story {
  conversationId: string;
  deeds: Deed[];
}

/** A group with a life: everything that commits takes part. */
function tellStory(): Story {
  const [conversationId, owner, friend, leaver] = [mintId(), mintId(), mintId(), mintId()];
  const intent = (authorId = owner) => ({ id: mintId(), conversationId, authorId });
  const [creation, first, second, removal, last] = [intent(), intent(), intent(leaver), intent(), intent(friend)];
  const [scrubId, draftIntent, account] = [mintId(), mintId(), exampleAccount()];
  const message = (id: string, tell: Deed['tell']): Deed => ({
    tell,
    isThere: async (storage) => (await storage.conversations.findMessage(id)) !== null,
  });
  const deeds: Deed[] = [
    message(creation.id, (storage) => createGroup(storage, { ...creation, memberIds: [friend, leaver] })),
    message(first.id, (storage) => sendText(storage, { ...first, text: 'first' })),
    message(second.id, (storage) => sendText(storage, { ...second, text: 'second' })),
    {
      async tell(storage) {
        await storage.conversations.moveMarkers({
          conversationId,
          moves: [{ userId: friend, read: 2 }],
          isShared: true,
        });
        return (await storage.conversations.readMarkers(conversationId)).markers;
      },
      isThere: async (storage) => (await storage.conversations.readMarkers(conversationId)).markers.length === 1,
    },
    message(removal.id, (storage) => removeMember(storage, { ...removal, userId: leaver })),
    {
      async tell(storage) {
        await scrub(storage, conversationId, second.id, scrubId);
        return (await storage.conversations.findMessage(second.id))?.message;
      },
      isThere: async (storage) =>
        (await storage.conversations.findMessage(second.id))?.message.body.kind === 'scrubbed',
    },
    {
      tell: (storage) => writeDraft(storage, friend, conversationId, draftIntent),
      isThere: async (storage) => (await storage.feeds.readEntry(friend, 'draft', conversationId)) !== null,
    },
    {
      tell: (storage) => storage.accounts.create(account),
      isThere: async (storage) => (await storage.accounts.findByEmail(account.email)) !== null,
    },
    message(last.id, (storage) => sendText(storage, { ...last, text: 'last' })),
  ];
  return { conversationId, deeds };
}

async function writeDraft(storage: Storage, userId: string, key: string, id: string): Promise<unknown> {
  for (let tries = 0; tries < 100; tries += 1) {
    const known = await storage.feeds.findIntent(id);
    if (known !== null) return known.answer;
    const rev = (await storage.feeds.readRev(userId)) + 1;
    const answer = { version: 1 };
    const outcome = await storage.feeds.commit({
      userId,
      expectedRev: rev - 1,
      entries: [{ kind: 'draft', key, text: 'not yet', rev }],
      intent: { id, accountId: userId, answer },
      at: 1,
    });
    if (outcome.kind === 'committed') return answer;
  }
  throw new Error('No outcome');
}

/** Tells the deeds one after the other; answers those that were acknowledged before the process died. */
async function tellUntilCrash(data: DataSet, deeds: readonly Deed[]): Promise<unknown[]> {
  const answers: unknown[] = [];
  const { storage } = data;
  for (const { tell } of deeds) {
    const told = await Promise.race([
      tell(storage).then(
        (answer) => ({ answer }),
        (error: unknown) => {
          if (error instanceof StorageUnavailable) return null;
          throw error;
        },
      ),
      data.crashed.then(() => null),
    ]);
    if (told === null) break;
    answers.push(told.answer);
  }
  return answers;
}

/** A crash before the n-th write of the story: `null` when the story was over first. */
async function crashAt(data: DataSet, steps: number): Promise<{ answers: unknown[]; count: number }> {
  const { conversationId, deeds } = tellStory();
  data.crashAfterWrites(steps);
  const answers = await tellUntilCrash(data, deeds);
  const storage = await data.reopenAfterCrash();
  await assertConsistent(storage, conversationId);
  for (const { isThere } of deeds.slice(0, answers.length))
    assert.ok(await isThere(storage), 'what was acknowledged is there');
  for (const [index, answer] of answers.entries())
    assert.deepEqual(await deeds[index]?.tell(storage), answer, 'told again, it has the same answer');
  const all: unknown[] = [];
  for (const { tell } of deeds) all.push(await tell(storage));
  for (const [index, { tell }] of deeds.entries())
    assert.deepEqual(await tell(storage), all[index], 'a retry gives the same answer');
  await assertConsistent(storage, conversationId);
  const state = await storage.conversations.readState(conversationId);
  assert.deepEqual({ rev: state?.head.rev, seq: state?.head.seq, mrev: state?.head.mrev }, { rev: 6, seq: 5, mrev: 1 });
  return { answers, count: deeds.length };
}

export const crashRules: Rule[] = [
  {
    title:
      'D1 D12 a crash before any write: what was acknowledged is there, the rest wholly or not at all, a retry has one effect',
    async check(data) {
      // One set of data tells the story over and over, each time in a new conversation and dying one write later.
      for (let steps = 1; steps < 200; steps += 1) {
        const { answers, count } = await crashAt(data, steps);
        if (answers.length === count) return;
      }
      assert.fail('The story has an end');
    },
  },
  {
    title: 'D12 a crash in the middle of a burst: every acknowledged message is there, and none is half there',
    async check(data) {
      for (const steps of [2, 7, 19, 40]) {
        const [conversationId, authorId] = [mintId(), mintId()];
        await createGroup(data.storage, { id: mintId(), conversationId, authorId, memberIds: [] });
        data.crashAfterWrites(steps);
        const { storage: dying } = data;
        const acknowledged: { id: string; seq: number }[] = [];
        const burst = Array.from({ length: 4 }, async () => {
          for (let turn = 0; turn < 20; turn += 1) {
            const id = mintId();
            const { seq } = await sendText(dying, { id, conversationId, authorId, text: 'burst' });
            acknowledged.push({ id, seq });
          }
        });
        await Promise.race([Promise.allSettled(burst), data.crashed]);
        const storage = await data.reopenAfterCrash();
        for (const { id, seq } of acknowledged)
          assert.equal((await storage.conversations.findMessage(id))?.message.seq, seq, 'acknowledged, so there');
        await assertConsistent(storage, conversationId);
      }
    },
  },
];
