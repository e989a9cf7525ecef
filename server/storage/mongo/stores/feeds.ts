import type { FeedCommit, FeedCommitOutcome, FeedStore } from '../../port/feeds.ts';
import type { FeedEntry } from '../../port/records.ts';
import { above, anyOf, below } from '../collection.ts';
import type { FeedDocument, FeedEntryDocument } from '../documents.ts';
import type { Job } from '../heads/head-writer.ts';
import { atOneHead, overlay, pageByRev, pendingIn } from '../heads/overlay.ts';
import { answerFrom, answerPut, feedEntryFrom, feedEntryIdOf, feedEntryPut } from '../records.ts';
import type { StoreParts } from './store-parts.ts';

const purgedPerStep = 500;

export function createFeedStore(parts: StoreParts): FeedStore {
  const { collections, ring, feeds, claims } = parts;
  const { feedEntries, intents } = collections;
  const entryFrom = (document: FeedEntryDocument): FeedEntry => feedEntryFrom(ring, document._id, document);
  const nobody: FeedDocument = { _id: '', step: 0, token: '', rev: 0, purgedRev: 0 };
  const readHead = async (userId: string) => (await collections.feeds.findOne({ _id: userId })) ?? nobody;

  const readLast = (userId: string, kind: string, key: string): Promise<FeedEntry | null> =>
    atOneHead(async () => {
      const head = await readHead(userId);
      const _id = feedEntryIdOf(userId, kind, key);
      const stored = await feedEntries.findOne({ _id });
      const found = overlay(stored ? [stored] : [], head, 'feedEntries').find((entry) => entry._id === _id);
      return found === undefined ? null : entryFrom(found);
    });

  async function purgeTombstones(before: number): Promise<boolean> {
    const where = { isDeleted: true, at: below(before) };
    const forgotten = await feedEntries.find(where, { sort: { at: 1 }, limit: purgedPerStep, fields: ['user', 'rev'] });
    // The head first: a cursor below a tombstone that is gone must get a snapshot.
    for (const [userId, entries] of Map.groupBy(forgotten, ({ user }) => user)) {
      const purgedRev = Math.max(...entries.map(({ rev }) => rev));
      await feeds.submit(userId, {
        decide: async (head) =>
          head.purgedRev >= purgedRev
            ? { kind: 'answer', answer: undefined }
            : { kind: 'change', set: { purgedRev }, operations: [], answer: () => undefined },
      });
      await feedEntries.removeAll({ ...where, _id: anyOf(entries.map(({ _id }) => _id)) });
    }
    return forgotten.length === purgedPerStep;
  }

  return {
    commit: (commit) => feeds.submit(commit.userId, commitJob(parts, commit)),
    async purge(before) {
      while (await purgeTombstones(before));
      await intents.removeAll({ isAnswer: true, at: below(before) });
    },
    readRev: async (userId) => (await collections.feeds.findOne({ _id: userId }, ['rev']))?.rev ?? 0,
    readPage: ({ userId, afterRev, resetFrom, limit }) =>
      atOneHead(async () => {
        const head = await readHead(userId);
        const isReset = resetFrom === undefined && (afterRev < head.purgedRev || afterRev > head.rev);
        const from = isReset ? 0 : (resetFrom ?? afterRev);
        const stored = await feedEntries.find(
          { user: userId, rev: above(from) },
          { sort: { user: 1, rev: 1 }, limit: limit + 1 },
        );
        const page = pageByRev(
          overlay(stored, head, 'feedEntries'),
          { afterRev: from, throughRev: head.rev, limit },
          stored,
        );
        const shown = page.shown.map(entryFrom);
        return {
          // What was deleted before a snapshot began is simply not in it; what is deleted while it is paged must be told.
          entries: isReset ? shown.filter((entry) => entry.kind !== 'tombstone') : shown,
          rev: page.throughRev,
          more: page.throughRev < head.rev,
          isReset,
        };
      }),
    readEntries: (userId, kind) =>
      atOneHead(async () => {
        const head = await readHead(userId);
        const stored = await feedEntries.find({ user: userId, kind, isDeleted: false });
        // What was stored and is about to be deleted is among what is pending.
        return overlay(stored, head, 'feedEntries')
          .filter((entry) => entry.kind === kind && !entry.isDeleted)
          .map(entryFrom) as never;
      }),
    async readEntry(userId, kind, key) {
      const entry = await readLast(userId, kind, key);
      return (entry?.kind === 'tombstone' ? null : entry) as never;
    },
    readLast: (userId, kind, key) => readLast(userId, kind, key) as Promise<never>,
    async findIntent(intentId) {
      const found = await claims.find(intentId);
      return found && answerFrom(ring, found);
    },
    async filterHavingContact(contactId, userIds) {
      const ids = userIds.map((userId) => feedEntryIdOf(userId, 'contact', contactId));
      const heads = await collections.feeds.find({ _id: anyOf(userIds) }, { fields: ['step', 'pending'] });
      const stored = await feedEntries.find({ _id: anyOf(ids) }, { fields: ['isDeleted'] });
      const has = new Map(stored.map(({ _id, isDeleted }) => [_id, !isDeleted]));
      for (const head of heads)
        for (const { _id, isDeleted } of pendingIn<FeedEntryDocument>(head, 'feedEntries')) has.set(_id, !isDeleted);
      return userIds.filter((_, index) => has.get(ids[index] ?? '') === true);
    },
  };
}

function commitJob(
  { ring, claims }: StoreParts,
  { userId, expectedRev, entries, intent, at }: FeedCommit,
): Job<FeedDocument, never, FeedCommitOutcome> {
  const claimant = { head: 'feeds', owner: userId } as const;
  let taken: string[] = [];
  return {
    async prepare() {
      if (intent !== undefined) taken = await claims.claim([intent.id], claimant);
    },
    async decide(head, group) {
      if ((await claims.recordedAmong(taken, claimant, group)).length > 0)
        return { kind: 'answer', answer: { kind: 'repeated' } };
      if (head.rev !== expectedRev) return { kind: 'answer', answer: { kind: 'moved-on' } };
      if (entries.some((entry, index) => entry.rev !== expectedRev + index + 1))
        throw new Error('Entries take the next revs of their feed');
      const operations = entries.map((entry) => feedEntryPut(ring, userId, entry, at));
      if (intent !== undefined) operations.push(answerPut(ring, intent, at));
      const set = { rev: expectedRev + entries.length };
      return { kind: 'change', set, operations, answer: () => ({ kind: 'committed' }) };
    },
  };
}
