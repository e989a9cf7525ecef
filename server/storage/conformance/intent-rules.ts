import assert from 'node:assert/strict';
import { assertConsistent, readAllBySeq } from './consistency.ts';
import { exampleCommit, exampleInfo, exampleMember, exampleMessage, mintId } from './examples.ts';
import type { Rule } from './harness.ts';
import { createGroup, Refused, removeMember, sendDirect, sendText } from './small-domain.ts';

export const intentRules: Rule[] = [
  {
    title: 'D1 an intent told ten times at once and again later has one effect and one answer',
    async check(data) {
      const [conversationId, authorId] = [mintId(), mintId()];
      const creation = { id: mintId(), conversationId, authorId, memberIds: [mintId()] };
      await createGroup(data.storage, creation);
      const intent = { id: mintId(), conversationId, authorId, text: 'once' };
      const writers = [data.storage, await data.another()];
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, turn) => sendText(writers[turn % 2] ?? data.storage, intent)),
      );
      const storage = await data.restart();
      answers.push(await sendText(storage, intent));
      assert.equal(new Set(answers.map((answer) => JSON.stringify(answer))).size, 1);
      assert.deepEqual(await createGroup(storage, creation), { seq: 1, rev: 1 });
      assert.equal((await readAllBySeq(storage, conversationId)).length, 2);
      await assertConsistent(storage, conversationId);
    },
  },
  {
    title: 'D1 a message id that is recorded anywhere is `repeated`, and nothing of that commit is written',
    async check(data) {
      const [here, there, userId] = [mintId(), mintId(), mintId()];
      const first = exampleMessage();
      const info = exampleInfo();
      const head = { rev: 1, seq: 1, changeId: first.id };
      await data.storage.conversations.commit(exampleCommit({ conversationId: here, head, info, messages: [first] }));
      const fresh = exampleMessage();
      const again = { ...first, seq: 2, rev: 2, sentRev: 2 };
      const outcome = await data.storage.conversations.commit(
        exampleCommit({
          conversationId: there,
          head: { rev: 2, seq: 2, changeId: first.id },
          info: exampleInfo({ rev: 2 }),
          members: [exampleMember({ userId })],
          messages: [fresh, again],
          effects: [
            {
              userId,
              sourceRev: 1,
              entry: { kind: 'membership', key: there, state: 'in', role: 'member', ranges: [] },
            },
          ],
        }),
      );
      assert.deepEqual(outcome, { kind: 'repeated', messageIds: [first.id] });
      assert.equal(await data.storage.conversations.readState(there), null);
      assert.equal(await data.storage.conversations.findMessage(fresh.id), null);
      assert.equal(await data.storage.feeds.readRev(userId), 0);
      assert.deepEqual(await data.storage.conversations.findMessage(first.id), {
        conversationId: here,
        message: first,
      });
    },
  },
  {
    title: 'D1 two who write to each other first, at once, meet in one conversation',
    async check(data) {
      const other = await data.another();
      for (let pair = 0; pair < 10; pair += 1) {
        const [conversationId, one, two] = [mintId(), mintId(), mintId()];
        const placed = await Promise.all([
          sendDirect(data.storage, { id: mintId(), conversationId, authorId: one, withId: two, text: 'hi' }),
          sendDirect(other, { id: mintId(), conversationId, authorId: two, withId: one, text: 'hello' }),
        ]);
        assert.deepEqual(new Set(placed.map(({ seq }) => seq)), new Set([1, 2]));
        for (const userId of [one, two])
          assert.equal((await data.storage.feeds.readEntries(userId, 'membership')).length, 1);
        await assertConsistent(data.storage, conversationId);
      }
    },
  },
  {
    title: 'D13 D16 nothing is accepted from someone at a rev after the removal',
    async check(data) {
      for (let round = 0; round < 8; round += 1) {
        const [conversationId, owner, leaver] = [mintId(), mintId(), mintId()];
        await createGroup(data.storage, { id: mintId(), conversationId, authorId: owner, memberIds: [leaver] });
        const sender = await data.another();
        const sending = Array.from({ length: 6 }, () =>
          sendText(sender, { id: mintId(), conversationId, authorId: leaver, text: 'still here' }).catch(
            (error: unknown) => {
              if (!(error instanceof Refused)) throw error;
              return null;
            },
          ),
        );
        const removal = await removeMember(data.storage, {
          id: mintId(),
          conversationId,
          authorId: owner,
          userId: leaver,
        });
        for (const placed of await Promise.all(sending)) assert.ok(placed === null || placed.rev < removal.rev);
        await assert.rejects(
          sendText(sender, { id: mintId(), conversationId, authorId: leaver, text: 'late' }),
          Refused,
        );
        await assertConsistent(data.storage, conversationId);
      }
    },
  },
  {
    title: 'D16 a decision made before a removal is not committed after it',
    async check(data) {
      const [conversationId, owner, leaver] = [mintId(), mintId(), mintId()];
      await createGroup(data.storage, { id: mintId(), conversationId, authorId: owner, memberIds: [leaver] });
      const decided = await data.storage.conversations.readState(conversationId);
      await removeMember(data.storage, { id: mintId(), conversationId, authorId: owner, userId: leaver });
      const message = exampleMessage({ seq: 2, rev: 2, authorId: leaver });
      const outcome = await data.storage.conversations.commit(
        exampleCommit({
          conversationId,
          expectedRev: decided?.head.rev ?? 0,
          head: { rev: 2, seq: 2, changeId: message.id },
          messages: [message],
        }),
      );
      assert.deepEqual(outcome, { kind: 'moved-on' });
      assert.equal(await data.storage.conversations.findMessage(message.id), null);
    },
  },
];
