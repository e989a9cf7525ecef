import type { FeedCommit, FeedCommitOutcome, FeedPage } from '../../port/feeds.ts';
import type { FeedEntry } from '../../port/records.ts';
import type { Database } from '../database.ts';
import type { Heads } from '../heads.ts';
import { feedEntryFrom } from '../rows.ts';
import type { FeedEntries } from './feed-entries.ts';
import type { Intents } from './intents.ts';

export const feedSql = {
  page: 'SELECT kind, key, rev, body FROM feed_entry WHERE feed = ? AND rev > ? ORDER BY rev LIMIT ?',
  entries: 'SELECT kind, key, rev, body FROM feed_entry WHERE feed = ? AND kind = ? AND body IS NOT NULL',
  last: 'SELECT kind, key, rev, body FROM feed_entry WHERE feed = ? AND kind = ? AND key = ?',
  forgotten: `SELECT feed_entry.feed, kind, key, feed_entry.rev, feed.user_id FROM feed_entry
              JOIN feed ON feed.number = feed_entry.feed
              WHERE body IS NULL AND at < ? ORDER BY at LIMIT ?`,
};

export function createCommitFeed(heads: Heads, feedEntries: FeedEntries, intents: Intents) {
  return ({ userId, expectedRev, entries, intent, at }: FeedCommit): FeedCommitOutcome => {
    if (intent !== undefined && intents.isTaken(intent.id)) return { kind: 'repeated' };
    if ((heads.feeds.find(userId)?.rev ?? 0) !== expectedRev) return { kind: 'moved-on' };
    if (entries.some((entry, index) => entry.rev !== expectedRev + index + 1))
      throw new Error('Entries take the next revs of their feed');
    const head = feedEntries.headOf(userId);
    for (const entry of entries) feedEntries.append(head, entry, at, 0);
    if (intent !== undefined) intents.record(intent, at);
    return { kind: 'committed' };
  };
}

export function createPurge(database: Database, heads: Heads, intents: Intents) {
  const forgotten = database.statement(feedSql.forgotten);
  const remove = database.statement('DELETE FROM feed_entry WHERE feed = ? AND kind = ? AND key = ?');

  /** Goes `limit` tombstones and intents further; true: there is more. */
  return ({ before, limit }: { before: number; limit: number }): boolean => {
    const rows = forgotten.all(before, limit);
    for (const row of rows) {
      remove.run(Number(row['feed']), String(row['kind']), String(row['key']));
      const head = heads.feeds.find(String(row['user_id']));
      if (head === undefined) continue;
      head.purgedRev = Math.max(head.purgedRev, Number(row['rev']));
      heads.feeds.change(head);
    }
    return intents.forget(before, limit) === limit || rows.length === limit;
  };
}

export interface FeedPageRequest {
  userId: string;
  afterRev: number;
  resetFrom?: number;
  limit: number;
}

export function createFeedReads(database: Database, heads: Heads) {
  const page = database.statement(feedSql.page);
  const entries = database.statement(feedSql.entries);
  const last = database.statement(feedSql.last);
  const numberOf = (userId: string) => heads.feeds.find(userId)?.number ?? 0;
  const readLast = ({ userId, kind, key }: { userId: string; kind: string; key: string }): FeedEntry | null => {
    const row = last.get(numberOf(userId), kind, key);
    return row === undefined ? null : feedEntryFrom(row);
  };
  const readEntry = (place: { userId: string; kind: string; key: string }): FeedEntry | null => {
    const entry = readLast(place);
    return entry?.kind === 'tombstone' ? null : entry;
  };

  return {
    'feeds.readRev': (userId: string): number => heads.feeds.find(userId)?.rev ?? 0,
    'feeds.readPage': ({ userId, afterRev, resetFrom, limit }: FeedPageRequest): FeedPage => {
      const head = heads.feeds.find(userId) ?? { number: 0, rev: 0, purgedRev: 0 };
      const isReset = resetFrom === undefined && (afterRev < head.purgedRev || afterRev > head.rev);
      const rows = page.all(head.number, isReset ? 0 : (resetFrom ?? afterRev), limit + 1);
      const more = rows.length > limit;
      const shown = rows.slice(0, limit);
      const all = shown.map(feedEntryFrom);
      return {
        // What was deleted before a snapshot began is simply not in it; what is deleted while it is paged must be told.
        entries: isReset ? all.filter((read) => read.kind !== 'tombstone') : all,
        rev: more ? (all.at(-1)?.rev ?? 0) : head.rev,
        more,
        isReset,
      };
    },
    'feeds.readEntries': ({ userId, kind }: { userId: string; kind: string }): FeedEntry[] =>
      entries.all(numberOf(userId), kind).map(feedEntryFrom),
    'feeds.readEntry': readEntry,
    'feeds.readLast': readLast,
    'feeds.filterHavingContact': ({
      contactId,
      userIds,
    }: {
      contactId: string;
      userIds: readonly string[];
    }): string[] => userIds.filter((userId) => readEntry({ userId, kind: 'contact', key: contactId }) !== null),
  };
}
