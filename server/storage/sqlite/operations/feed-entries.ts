import type { FeedAdvance } from '../../port/conversations.ts';
import type { FeedEntry, FeedEntryBody } from '../../port/records.ts';
import type { Database, Statement } from '../database.ts';
import type { FeedHead, Heads } from '../heads.ts';
import { feedColumnsOf } from '../rows.ts';

/** Writes entries at the next revs of feeds. */
export class FeedEntries {
  readonly #heads: Heads['feeds'];
  readonly #readSource: Statement;
  readonly #put: Statement;

  constructor(database: Database, heads: Heads) {
    this.#heads = heads.feeds;
    this.#readSource = database.statement('SELECT source_rev FROM feed_entry WHERE feed = ? AND kind = ? AND key = ?');
    this.#put = database.statement(
      `INSERT INTO feed_entry (feed, kind, key, rev, source_rev, at, body) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET
         rev = excluded.rev, source_rev = max(source_rev, excluded.source_rev), at = excluded.at, body = excluded.body`,
    );
  }

  /** The feed's head, made where the account has none yet. */
  headOf(userId: string): FeedHead {
    const found = this.#heads.find(userId);
    if (found !== undefined) return found;
    const head = { number: this.#heads.takeNumber(), rev: 0, purgedRev: 0 };
    this.#heads.create(userId, head);
    return head;
  }

  /** `sourceRev` 0: no conversation's rev is behind it. */
  append(head: FeedHead, entry: FeedEntryBody, at: number, sourceRev: number): FeedEntry {
    const rev = head.rev + 1;
    const { kind, key, body } = feedColumnsOf(entry);
    this.#put.run(head.number, kind, key, rev, sourceRev, at, body);
    head.rev = rev;
    this.#heads.change(head);
    return { ...entry, rev } as FeedEntry;
  }

  hasFrom(head: FeedHead, entry: FeedEntryBody, sourceRev: number): boolean {
    const { kind, key } = feedColumnsOf(entry);
    const stored = this.#readSource.get(head.number, kind, key);
    return stored !== undefined && Number(stored['source_rev']) >= sourceRev;
  }
}

/** Gathers what one step does to several feeds. */
export class FeedAdvances {
  readonly #entries: FeedEntries;
  readonly #byUser = new Map<string, FeedAdvance>();

  constructor(entries: FeedEntries) {
    this.#entries = entries;
  }

  append(userId: string, entry: FeedEntryBody, sourceRev = 0): void {
    const head = this.#entries.headOf(userId);
    if (sourceRev > 0 && this.#entries.hasFrom(head, entry, sourceRev)) return;
    const advance = this.#byUser.get(userId) ?? { userId, afterRev: head.rev, rev: head.rev, entries: [] };
    advance.entries.push(this.#entries.append(head, entry, 0, sourceRev));
    advance.rev = head.rev;
    this.#byUser.set(userId, advance);
  }

  list(): FeedAdvance[] {
    return [...this.#byUser.values()];
  }
}
