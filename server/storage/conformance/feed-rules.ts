import assert from 'node:assert/strict';
import type { AccountEffect } from '../port/conversations.ts';
import type { FeedEntry } from '../port/records.ts';
import type { Storage } from '../port/storage.ts';
import { exampleCommit, exampleInfo, mintId } from './examples.ts';
import type { Rule } from './harness.ts';

function contact(rev: number, key = mintId()): FeedEntry {
  return { kind: 'contact', key, email: 'friend@example.org', directConversationId: mintId(), rev };
}

function membership(key: string, state: 'in' | 'left'): AccountEffect['entry'] {
  return { kind: 'membership', key, state, role: 'member', ranges: [] };
}

async function fill(storage: Storage, userId: string, count: number): Promise<FeedEntry[]> {
  const entries = Array.from({ length: count }, (_, index) => contact(index + 1));
  assert.deepEqual(await storage.feeds.commit({ userId, expectedRev: 0, entries, at: 1 }), { kind: 'committed' });
  return entries;
}

async function remove(storage: Storage, userId: string, key: string, at: number): Promise<void> {
  const rev = (await storage.feeds.readRev(userId)) + 1;
  const entries: FeedEntry[] = [{ kind: 'tombstone', of: 'contact', key, rev }];
  assert.deepEqual(await storage.feeds.commit({ userId, expectedRev: rev - 1, entries, at }), { kind: 'committed' });
}

/** What a device holds after paging from `afterRev`: by kind and key, a snapshot emptying it first. */
async function follow(
  storage: Storage,
  userId: string,
  held: Map<string, FeedEntry>,
  afterRev: number,
  between?: () => Promise<void>,
): Promise<{ rev: number; resets: number }> {
  let from = afterRev;
  let resetFrom: number | undefined;
  let resets = 0;
  for (let pages = 0; pages < 20; pages += 1) {
    const page = await storage.feeds.readPage({
      userId,
      afterRev: from,
      limit: 3,
      ...(resetFrom !== undefined && { resetFrom }),
    });
    if (page.isReset) {
      held.clear();
      resets += 1;
    }
    for (const entry of page.entries)
      if (entry.kind === 'tombstone') held.delete(`${entry.of} ${entry.key}`);
      else held.set(`${entry.kind} ${entry.key}`, entry);
    if (!page.more) return { rev: page.rev, resets };
    if (page.isReset || resetFrom !== undefined) resetFrom = page.rev;
    else from = page.rev;
    await between?.();
  }
  throw new assert.AssertionError({ message: 'Paging a feed has an end' });
}

const keysOf = (held: Map<string, FeedEntry>) => [...held.values()].map(({ key }) => key).toSorted();

export const feedRules: Rule[] = [
  {
    title: 'D15 of feed commits decided at one rev one is made; the next reads what it left',
    async check({ storage, another }) {
      const userId = mintId();
      const other = await another();
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, (_, turn) =>
          (turn % 2 === 0 ? storage : other).feeds.commit({ userId, expectedRev: 0, entries: [contact(1)], at: 1 }),
        ),
      );
      assert.equal(outcomes.filter(({ kind }) => kind === 'committed').length, 1);
      assert.equal(outcomes.filter(({ kind }) => kind === 'moved-on').length, 9);
      assert.equal((await storage.feeds.readEntries(userId, 'contact')).length, 1);
    },
  },
  {
    title:
      'D1 D15 an intent of an account is recorded with its effect; again, by anybody, it is `repeated` and changes nothing',
    async check(data) {
      const [userId, stranger, id] = [mintId(), mintId(), mintId()];
      const intent = { id, accountId: userId, answer: { version: 3 } };
      const commit = { userId, expectedRev: 0, entries: [contact(1)], intent, at: 1 };
      assert.deepEqual(await data.storage.feeds.commit(commit), { kind: 'committed' });
      const storage = await data.restart();
      assert.deepEqual(await storage.feeds.findIntent(id), intent);
      const again = await storage.feeds.commit({ ...commit, expectedRev: 1, entries: [contact(2)] });
      assert.deepEqual(again, { kind: 'repeated' });
      const theirs = { ...commit, userId: stranger, intent: { ...intent, accountId: stranger } };
      assert.deepEqual(await storage.feeds.commit(theirs), { kind: 'repeated' });
      assert.equal(await storage.feeds.readRev(userId), 1);
      assert.equal(await storage.feeds.readRev(stranger), 0);
      assert.deepEqual(await storage.feeds.findIntent(id), intent);
    },
  },
  {
    title: 'D15 an effect with the same or a lower source rev than the entry has stays out',
    async check({ storage }) {
      const [conversationId, userId] = [mintId(), mintId()];
      const entry = membership(conversationId, 'in');
      const first = await storage.conversations.commit(
        exampleCommit({
          conversationId,
          info: exampleInfo(),
          effects: [{ userId, sourceRev: 5, entry }],
        }),
      );
      assert.equal(first.kind === 'committed' && first.advances.length, 1);
      const late = await storage.conversations.commit(
        exampleCommit({
          conversationId,
          expectedRev: 1,
          head: { rev: 2, seq: 0, changeId: mintId() },
          effects: [4, 5].map((sourceRev) => ({ userId, sourceRev, entry: membership(conversationId, 'left') })),
        }),
      );
      assert.deepEqual(late, { kind: 'committed', advances: [] });
      assert.equal((await storage.feeds.readEntry(userId, 'membership', conversationId))?.state, 'in');
      assert.equal(await storage.feeds.readRev(userId), 1);
    },
  },
  {
    title: 'D15 the advances of a commit are what the feeds then say',
    async check({ storage }) {
      const [conversationId, one, two] = [mintId(), mintId(), mintId()];
      await fill(storage, two, 4);
      const entry = membership(conversationId, 'in');
      const outcome = await storage.conversations.commit(
        exampleCommit({
          conversationId,
          info: exampleInfo(),
          effects: [one, two].map((userId) => ({ userId, sourceRev: 1, entry })),
        }),
      );
      assert.ok(outcome.kind === 'committed');
      assert.deepEqual(
        outcome.advances.map(({ userId, afterRev, rev }) => ({ userId, afterRev, rev })),
        [
          { userId: one, afterRev: 0, rev: 1 },
          { userId: two, afterRev: 4, rev: 5 },
        ],
      );
      for (const { userId, afterRev, entries } of outcome.advances) {
        const page = await storage.feeds.readPage({ userId, afterRev, limit: 10 });
        assert.deepEqual(page.entries, entries);
      }
    },
  },
  {
    title: 'D15 a deleted entry is gone for readers and a tombstone for devices; written again it is back',
    async check({ storage }) {
      const userId = mintId();
      const [entry] = await fill(storage, userId, 2);
      assert.ok(entry);
      await remove(storage, userId, entry.key, 10);
      assert.equal(await storage.feeds.readEntry(userId, 'contact', entry.key), null);
      const tombstone = { kind: 'tombstone', of: 'contact', key: entry.key, rev: 3 };
      assert.deepEqual(await storage.feeds.readLast(userId, 'contact', entry.key), tombstone);
      assert.equal(await storage.feeds.readLast(userId, 'contact', mintId()), null);
      assert.equal((await storage.feeds.readEntries(userId, 'contact')).length, 1);
      const page = await storage.feeds.readPage({ userId, afterRev: 2, limit: 5 });
      assert.deepEqual(page, {
        entries: [tombstone],
        rev: 3,
        more: false,
        isReset: false,
      });
      await storage.feeds.commit({ userId, expectedRev: 3, entries: [{ ...entry, rev: 4 }], at: 11 });
      assert.deepEqual(await storage.feeds.readEntry(userId, 'contact', entry.key), { ...entry, rev: 4 });
      assert.deepEqual(await storage.feeds.readLast(userId, 'contact', entry.key), { ...entry, rev: 4 });
    },
  },
  {
    title: 'D15 a device that pages any feed from any rev holds what the account has',
    async check({ storage }) {
      const userId = mintId();
      const entries = await fill(storage, userId, 11);
      for (const { key } of entries.slice(2, 6)) await remove(storage, userId, key, 10);
      const expected = (await storage.feeds.readEntries(userId, 'contact')).map(({ key }) => key).toSorted();
      for (let afterRev = 0; afterRev <= 15; afterRev += 1) {
        const held = new Map(entries.slice(0, afterRev).map((entry) => [`contact ${entry.key}`, entry] as const));
        if (afterRev > 11) for (const { key } of entries.slice(2, afterRev - 9)) held.delete(`contact ${key}`);
        assert.deepEqual(await follow(storage, userId, held, afterRev), { rev: 15, resets: 0 });
        assert.deepEqual(keysOf(held), expected);
      }
    },
  },
  {
    title:
      'D15 after a purge an older cursor gets a snapshot, page by page, even while entries are deleted; a newer one does not',
    async check(data) {
      const userId = mintId();
      const entries = await fill(data.storage, userId, 11);
      for (const { key } of entries.slice(2, 5)) await remove(data.storage, userId, key, 10);
      await remove(data.storage, userId, entries[6]?.key ?? '', 30);
      await data.storage.feeds.purge(20);
      const storage = await data.restart();
      const stale = new Map(entries.map((entry) => [`contact ${entry.key}`, entry] as const));
      // Told on the first page, deleted before the second is asked for.
      const doomed = [entries[0]?.key ?? '', entries[9]?.key ?? ''];
      const between = async () => {
        const key = doomed.shift();
        if (key !== undefined) await remove(storage, userId, key, 40);
      };
      const { rev, resets } = await follow(storage, userId, stale, 12, between);
      assert.deepEqual({ rev, resets }, { rev: 17, resets: 1 });
      const expected = (await storage.feeds.readEntries(userId, 'contact')).map(({ key }) => key).toSorted();
      assert.deepEqual(keysOf(stale), expected);
      const current = await storage.feeds.readPage({ userId, afterRev: 14, limit: 10 });
      assert.deepEqual([current.isReset, current.entries.length], [false, 3]);
    },
  },
  {
    title: 'D15 a cursor above the feed gets a snapshot; an account without a feed has rev 0',
    async check({ storage }) {
      const userId = mintId();
      await fill(storage, userId, 2);
      assert.equal((await storage.feeds.readPage({ userId, afterRev: 9, limit: 5 })).isReset, true);
      assert.equal((await storage.feeds.readPage({ userId, afterRev: 2, limit: 5 })).isReset, false);
      const nobody = await storage.feeds.readPage({ userId: mintId(), afterRev: 0, limit: 5 });
      assert.deepEqual(nobody, { entries: [], rev: 0, more: false, isReset: false });
    },
  },
  {
    title: 'D1 intents are kept until they are purged, and only those older than asked',
    async check({ storage }) {
      const userId = mintId();
      const ids = [mintId(), mintId()];
      for (const [index, id] of ids.entries()) {
        const intent = { id, accountId: userId, answer: null };
        await storage.feeds.commit({
          userId,
          expectedRev: index,
          entries: [contact(index + 1)],
          intent,
          at: index * 10,
        });
      }
      await storage.feeds.purge(10);
      assert.equal(await storage.feeds.findIntent(ids[0] ?? ''), null);
      assert.equal((await storage.feeds.findIntent(ids[1] ?? ''))?.answer, null);
    },
  },
  {
    title: 'D15 who has somebody among the contacts is found, and no one who had',
    async check({ storage }) {
      const [friend, one, two, three] = [mintId(), mintId(), mintId(), mintId()];
      for (const userId of [one, two])
        await storage.feeds.commit({ userId, expectedRev: 0, entries: [contact(1, friend)], at: 1 });
      await remove(storage, two, friend, 2);
      assert.deepEqual(await storage.feeds.filterHavingContact(friend, [one, two, three]), [one]);
    },
  },
];
