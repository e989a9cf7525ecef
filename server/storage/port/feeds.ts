import type { FeedEntry, IntentRecord } from './records.ts';

/** A change of an account's own feed, decided at `expectedRev`; the same promise as `ConversationCommit`. */
export interface FeedCommit {
  userId: string;
  expectedRev: number;
  /** With their revs: `expectedRev` + 1, + 2, ... Each replaces the entry of its kind and key; a `tombstone` replaces the one it is `of`. */
  entries: FeedEntry[];
  /** The intent behind it, recorded in the same step. */
  intent?: IntentRecord;
  /** The server's clock: when tombstones and the intent may be forgotten is counted from it. */
  at: number;
}

/** `repeated`: the intent is recorded already, by this account or another, or a message has its id; nothing was written. */
export type FeedCommitOutcome = { kind: 'committed' } | { kind: 'moved-on' } | { kind: 'repeated' };

export interface FeedPage {
  /**
   * In the order of rev; may be fewer than `limit` where there is more. The first page of a snapshot has no tombstones; later ones
   * have those above the page before, because an entry that was on it may have been deleted since.
   */
  entries: FeedEntry[];
  /** Everything the page was asked for up to this rev is on it: the rev of the account's head where there is no `more`. */
  rev: number;
  more: boolean;
  /** Tombstones above the asked rev are gone (or the asked rev is above the feed's): this is the beginning of a whole snapshot. */
  isReset: boolean;
}

export interface FeedReader {
  /** 0 for an account whose feed is empty or that does not exist. */
  readRev(userId: string): Promise<number>;
  /** Entries above `afterRev`. `resetFrom`, the rev of the page before, goes on with a snapshot. */
  readPage(page: { userId: string; afterRev: number; resetFrom?: number; limit: number }): Promise<FeedPage>;
  /** All entries of one kind, without tombstones. */
  readEntries<K extends FeedEntry['kind']>(userId: string, kind: K): Promise<Extract<FeedEntry, { kind: K }>[]>;
  /** `null`: there is none, or it was deleted. */
  readEntry<K extends FeedEntry['kind']>(
    userId: string,
    kind: K,
    key: string,
  ): Promise<Extract<FeedEntry, { kind: K }> | null>;
  /** The entry, or the tombstone that took its place; `null`: there never was one, or it is forgotten. */
  readLast<K extends FeedEntry['kind']>(
    userId: string,
    kind: K,
    key: string,
  ): Promise<Extract<FeedEntry, { kind: K | 'tombstone' }> | null>;
  /** An intent that is recorded with its answer (those that made a message are found as that message). */
  findIntent(intentId: string): Promise<IntentRecord | null>;
  /** Of `userIds`, those who have `contactId` among their contacts. */
  filterHavingContact(contactId: string, userIds: readonly string[]): Promise<string[]>;
}

export interface FeedWriter {
  commit(commit: FeedCommit): Promise<FeedCommitOutcome>;
  /** Forgets tombstones and intents older than `before`. Devices with an older cursor get a snapshot from then on. */
  purge(before: number): Promise<void>;
}

export type FeedStore = FeedReader & FeedWriter;
