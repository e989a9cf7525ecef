import assert from 'node:assert/strict';
import { exampleAccount, mintId } from './examples.ts';
import type { Rule } from './harness.ts';
import { createGroup } from './small-domain.ts';

export const accountRules: Rule[] = [
  {
    title: 'D1 of many who register one address at once, in any case and spacing, one is created',
    async check({ storage, another }) {
      const other = await another();
      const spellings = ['Ada@Example.org', 'ada@example.org', ' ADA@EXAMPLE.ORG ', 'ada@example.ORG\n'];
      const accounts = Array.from({ length: 12 }, (_, turn) => exampleAccount({ email: spellings[turn % 4] ?? '' }));
      const answers = await Promise.all(
        accounts.map((account, turn) => (turn % 2 ? storage : other).accounts.create(account)),
      );
      assert.equal(answers.filter((answer) => answer === 'created').length, 1);
      const winner = accounts[answers.indexOf('created')];
      assert.deepEqual(await storage.accounts.findByEmail('  aDa@example.org'), winner);
      assert.deepEqual(await storage.accounts.readAccounts(accounts.map(({ userId }) => userId)), [winner]);
      assert.ok(winner);
      assert.equal(await storage.accounts.create(winner), 'created', 'the same account again is the same answer');
    },
  },
  {
    title: 'D1 D15 a profile takes one change at a version; its intent is recorded with it',
    async check(data) {
      const account = exampleAccount();
      const { userId } = account;
      await data.storage.accounts.create(account);
      const changes = ['Ada L.', 'Countess', 'Lovelace'].map((name) => {
        const id = mintId();
        return { userId, expectedVersion: 1, name, at: 1, intent: { id, accountId: userId, answer: { name } } };
      });
      const outcomes = await Promise.all(changes.map((change) => data.storage.accounts.updateProfile(change)));
      assert.deepEqual(outcomes.toSorted(), ['committed', 'moved-on', 'moved-on']);
      const made = changes[outcomes.indexOf('committed')];
      assert.ok(made);
      const storage = await data.restart();
      const [stored] = await storage.accounts.readAccounts([userId]);
      assert.deepEqual(stored, { ...account, name: made.name, profileVersion: 2 });
      assert.deepEqual(await storage.feeds.findIntent(made.intent.id), made.intent);
      assert.equal(await storage.accounts.updateProfile({ ...made, expectedVersion: 2 }), 'repeated');
      const lost = changes[outcomes.indexOf('moved-on')];
      assert.equal(await storage.feeds.findIntent(lost?.intent.id ?? ''), null);
    },
  },
  {
    title: 'D6 last seen only moves forward; the hash of a password is replaced',
    async check({ storage }) {
      const account = exampleAccount();
      await storage.accounts.create(account);
      for (const at of [50, 70, 60]) await storage.accounts.touchLastSeen(account.userId, at);
      await storage.accounts.setPasswordHash(account.userId, 'another hash');
      assert.deepEqual(await storage.accounts.readAccounts([account.userId, mintId()]), [
        { ...account, lastSeenAt: 70, passwordHash: 'another hash' },
      ]);
      assert.equal(await storage.accounts.findByEmail('nobody@example.org'), null);
    },
  },
  {
    title: 'D11 acquainted are those who share a conversation',
    async check({ storage }) {
      const [me, friend, stranger] = [mintId(), mintId(), mintId()];
      await createGroup(storage, { id: mintId(), conversationId: mintId(), authorId: friend, memberIds: [me] });
      await createGroup(storage, { id: mintId(), conversationId: mintId(), authorId: stranger, memberIds: [friend] });
      assert.deepEqual(await storage.conversations.filterAcquainted(me, [friend, stranger, mintId()]), [friend]);
    },
  },
];
