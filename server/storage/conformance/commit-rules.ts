import assert from 'node:assert/strict';
import { assertConsistent, readAllBySeq } from './consistency.ts';
import { exampleCommit, exampleInfo, exampleMessage, mintId } from './examples.ts';
import type { DataSet, Rule } from './harness.ts';
import { createGroup, scrub, sendText } from './small-domain.ts';

async function startGroup(data: DataSet, memberIds: string[] = []) {
  const conversationId = mintId();
  const authorId = mintId();
  await createGroup(data.storage, { id: mintId(), conversationId, authorId, memberIds });
  return { conversationId, authorId };
}

export const commitRules: Rule[] = [
  {
    title: 'D2 D3 four writers at once: revs and seqs are issued once each and in a row, within bounded tries',
    async check(data) {
      const { conversationId, authorId } = await startGroup(data);
      const writers = [data.storage, await data.another(), await data.another(), await data.another()];
      const placed = await Promise.all(
        writers.map(async (storage, writer) => {
          const mine = [];
          for (let turn = 0; turn < 12; turn += 1)
            mine.push(await sendText(storage, { id: mintId(), conversationId, authorId, text: `${writer} ${turn}` }));
          return mine;
        }),
      );
      const seqs = placed.flat().map(({ seq }) => seq);
      assert.deepEqual(
        seqs.toSorted((one, other) => one - other),
        Array.from({ length: 48 }, (_, index) => index + 2),
      );
      const revs = placed.flat().map(({ rev }) => rev);
      assert.equal(new Set(revs).size, 48);
      for (const mine of placed)
        assert.deepEqual(
          mine,
          mine.toSorted((one, other) => one.seq - other.seq),
        );
      await assertConsistent(await data.another(), conversationId);
    },
  },
  {
    title: 'D3 of commits decided at one rev exactly one is made, the others moved on and left nothing',
    async check(data) {
      const { conversationId } = await startGroup(data);
      const messages = Array.from({ length: 20 }, () => exampleMessage({ seq: 2, rev: 2 }));
      const outcomes = await Promise.all(
        messages.map((message) =>
          data.storage.conversations.commit(
            exampleCommit({
              conversationId,
              expectedRev: 1,
              head: { rev: 2, seq: 2, changeId: message.id },
              messages: [message],
            }),
          ),
        ),
      );
      assert.deepEqual(outcomes.filter(({ kind }) => kind === 'committed').length, 1);
      assert.deepEqual(outcomes.filter(({ kind }) => kind === 'moved-on').length, 19);
      const found = await Promise.all(messages.map(({ id }) => data.storage.conversations.findMessage(id)));
      assert.equal(found.filter((one) => one !== null).length, 1);
      await assertConsistent(data.storage, conversationId);
    },
  },
  {
    title: 'D3 a stalled writer that wakes late moved on: what was written since stays as it is',
    async check(data) {
      const { conversationId, authorId } = await startGroup(data);
      const id = mintId();
      await sendText(data.storage, { id, conversationId, authorId, text: 'first' });
      const stale = await data.storage.conversations.readState(conversationId);
      const old = await data.storage.conversations.findMessage(id);
      assert.ok(stale && old);
      const late = exampleCommit({
        conversationId,
        expectedRev: stale.head.rev,
        head: { rev: stale.head.rev + 1, seq: stale.head.seq, changeId: mintId() },
        info: exampleInfo({ title: 'late', rev: stale.head.rev + 1 }),
        messages: [{ ...old.message, rev: stale.head.rev + 1, body: { kind: 'text', text: 'late' } }],
      });
      await scrub(data.storage, conversationId, id, mintId());
      const before = await data.storage.conversations.readState(conversationId);
      assert.deepEqual(await (await data.another()).conversations.commit(late), { kind: 'moved-on' });
      assert.deepEqual(await data.storage.conversations.readState(conversationId), before);
      assert.deepEqual((await data.storage.conversations.findMessage(id))?.message.body, { kind: 'scrubbed' });
    },
  },
  {
    title: 'D3 a commit for a conversation that does not exist moved on unless it makes it',
    async check(data) {
      const conversationId = mintId();
      const message = exampleMessage({ seq: 5, rev: 5 });
      const commit = exampleCommit({ conversationId, expectedRev: 4, head: { rev: 5, seq: 5, changeId: message.id } });
      assert.deepEqual(await data.storage.conversations.commit({ ...commit, messages: [message] }), {
        kind: 'moved-on',
      });
      assert.equal(await data.storage.conversations.readState(conversationId), null);
      assert.equal(await data.storage.conversations.findMessage(message.id), null);
    },
  },
  {
    title:
      'D2 scrubbed is not removed: the place stays, catch-up brings it, and it stays scrubbed when everything is told again',
    async check(data) {
      const { conversationId, authorId } = await startGroup(data);
      const intents = ['one', 'two', 'three'].map((text) => ({ id: mintId(), conversationId, authorId, text }));
      for (const intent of intents) await sendText(data.storage, intent);
      const scrubbedId = intents[1]?.id ?? '';
      assert.equal(await scrub(data.storage, conversationId, scrubbedId, mintId()), true);
      for (const intent of intents) await sendText(data.storage, intent);
      assert.equal(await scrub(data.storage, conversationId, scrubbedId, mintId()), false);
      const storage = await data.restart();
      const bodies = (await readAllBySeq(storage, conversationId)).map(({ body }) => body.kind);
      assert.deepEqual(bodies, ['system', 'text', 'scrubbed', 'text']);
      const missed = await storage.conversations.readChanges({ conversationId, afterRev: 4, limit: 10 });
      assert.deepEqual(
        missed.messages.map(({ id, rev }) => ({ id, rev })),
        [{ id: scrubbedId, rev: 5 }],
      );
      await assertConsistent(storage, conversationId);
    },
  },
  {
    title: 'D2 one call that is refused as nonsense does not take down those that arrived with it',
    async check(data) {
      const { conversationId, authorId } = await startGroup(data);
      const nonsense = exampleCommit({
        conversationId,
        expectedRev: 1,
        head: { rev: 2, seq: 9, changeId: mintId() },
        messages: [exampleMessage({ seq: 9, rev: 2 })],
      });
      const [refused, sent] = await Promise.allSettled([
        data.storage.conversations.commit(nonsense),
        sendText(data.storage, { id: mintId(), conversationId, authorId, text: 'fine' }),
      ]);
      assert.equal(refused.status, 'rejected');
      assert.equal(sent.status, 'fulfilled');
      await assertConsistent(data.storage, conversationId);
    },
  },
];
