import assert from 'node:assert/strict';
import { assertConsistent, readAllBySeq } from './consistency.ts';
import type { ConversationCommit } from '../port/conversations.ts';
import { exampleAccount, exampleCommit, exampleInfo, exampleMember, exampleMessage, mintId } from './examples.ts';
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
      assert.deepEqual(outcome, { kind: 'repeated', intentIds: [first.id] });
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
    title: 'D1 one id is one act: what is recorded as one is `repeated` as any other, and stays what it is',
    async check(data) {
      const [conversationId, accountId] = [mintId(), mintId()];
      const account = exampleAccount();
      await data.storage.accounts.create(account);
      const message = { id: mintId(), conversationId, authorId: accountId, text: 'a message' };
      await createGroup(data.storage, { ...message, id: mintId(), memberIds: [] });
      await sendText(data.storage, message);
      const [ofFeed, ofProfile, ofConversation] = [mintId(), mintId(), mintId()];
      const intentOf = (id: string) => ({ id, accountId, answer: id });
      const toFeed = (id: string, storage = data.storage) =>
        storage.feeds.commit({ userId: accountId, expectedRev: 1, entries: [], intent: intentOf(id), at: 1 });
      const toProfile = (id: string, expectedVersion: number, storage = data.storage) =>
        storage.accounts.updateProfile({
          userId: account.userId,
          expectedVersion,
          name: id,
          intent: intentOf(id),
          at: 1,
        });
      const toConversation = (given: Partial<ConversationCommit>, storage = data.storage) =>
        storage.conversations.commit(
          exampleCommit({ conversationId, expectedRev: 3, head: { rev: 4, seq: 2, changeId: mintId() }, ...given }),
        );
      assert.deepEqual(await toFeed(ofFeed), { kind: 'committed' });
      assert.equal(await toProfile(ofProfile, 1), 'committed');
      const recorded = { intents: [intentOf(ofConversation)], at: 1 };
      const edit = { expectedRev: 2, head: { rev: 3, seq: 2, changeId: ofConversation }, recorded };
      assert.deepEqual(await toConversation(edit), { kind: 'committed', advances: [] });

      const storage = await data.restart();
      for (const id of [message.id, ofFeed, ofProfile, ofConversation]) {
        assert.deepEqual(await toFeed(id, storage), { kind: 'repeated' });
        assert.equal(await toProfile(id, 2, storage), 'repeated');
        const again = { kind: 'repeated', intentIds: [id] };
        const head = { rev: 4, seq: 3, changeId: id };
        const messages = [exampleMessage({ id, seq: 3, rev: 4 })];
        assert.deepEqual(await toConversation({ head, messages }, storage), again);
        assert.deepEqual(await toConversation({ recorded: { intents: [intentOf(id)], at: 1 } }, storage), again);
        const expected = id === message.id ? null : intentOf(id);
        assert.deepEqual(await storage.feeds.findIntent(id), expected);
        assert.equal((await storage.conversations.findMessage(id))?.message.id, id === message.id ? id : undefined);
      }
      assert.equal((await storage.conversations.readState(conversationId))?.head.rev, 3);
      assert.equal((await storage.accounts.readAccounts([account.userId]))[0]?.profileVersion, 2);
    },
  },
  {
    title: 'D1 D12 an intent that brings no message is recorded with its change or not at all',
    async check(data) {
      const [conversationId, accountId] = [mintId(), mintId()];
      await createGroup(data.storage, { id: mintId(), conversationId, authorId: accountId, memberIds: [] });
      let rev = 1;
      for (let steps = 1; steps < 20; steps += 1) {
        const intent = { id: mintId(), accountId, answer: { rev: rev + 1 } };
        const info = exampleInfo({ title: intent.id, rev: rev + 1 });
        const head = { rev: rev + 1, seq: 1, changeId: intent.id };
        const commit = exampleCommit({
          conversationId,
          expectedRev: rev,
          head,
          info,
          recorded: { intents: [intent], at: 1 },
        });
        data.crashAfterWrites(steps);
        const outcome = await Promise.race([
          data.storage.conversations.commit(commit).catch(() => null),
          data.crashed.then(() => null),
        ]);
        const storage = await data.reopenAfterCrash();
        const state = await storage.conversations.readState(conversationId);
        const isThere = state?.head.rev === rev + 1;
        assert.ok(isThere || outcome === null, 'acknowledged, so there');
        assert.equal(state?.info.title === intent.id, isThere);
        assert.deepEqual(await storage.feeds.findIntent(intent.id), isThere ? intent : null);
        rev = state?.head.rev ?? 0;
        if (outcome !== null) return;
      }
      assert.fail('A commit has an end');
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
