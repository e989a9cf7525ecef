import type { OperationKey } from '@parley/shared/contract/registry.ts';
import type { FeedAdvance } from '../../storage/port/conversations.ts';
import type { FeedStore } from '../../storage/port/feeds.ts';
import type { FeedEntry, FeedEntryBody } from '../../storage/port/records.ts';
import type { Clock } from '../clock.ts';
import { DomainError } from '../domain-error.ts';
import { firstAnswer, recordOf } from '../recorded-answer.ts';

const maxAttempts = 20;

/** What an intent makes of a feed: the entries to write (none: it is so already) and the answer. */
export interface FeedDecision<T> {
  entries: FeedEntryBody[];
  answer: T;
}

export interface FeedIntent<T> {
  userId: string;
  /** Recorded with its answer; missing where saying it twice is harmless by itself. */
  intent?: { id: string; operation: OperationKey };
  /**
   * Reads what it needs and decides; asked again when the feed has moved on. `rev` is what the first entry will get.
   * Throws a `DomainError` to refuse.
   */
  decide(rev: number): Promise<FeedDecision<T>>;
}

/** The one way an account changes its own feed (D1, D15). */
export class FeedWriter {
  readonly #feeds: FeedStore;
  readonly #clock: Clock;
  readonly #advanced: (advances: FeedAdvance[]) => void;
  /** The last intent of each account that is still at work. */
  readonly #last = new Map<string, Promise<unknown>>();

  constructor(options: { feeds: FeedStore; clock: Clock; advanced: (advances: FeedAdvance[]) => void }) {
    this.#feeds = options.feeds;
    this.#clock = options.clock;
    this.#advanced = options.advanced;
  }

  /** One after the other for one account: side by side they would only make each other try again. */
  submit<T>(intent: FeedIntent<T>): Promise<T> {
    const { userId } = intent;
    const before = this.#last.get(userId) ?? Promise.resolve();
    const answered = before.then(() => this.#settle(intent));
    const settled = answered.then(
      () => {},
      () => {},
    );
    this.#last.set(userId, settled);
    void settled.then(() => {
      if (this.#last.get(userId) === settled) this.#last.delete(userId);
    });
    return answered;
  }

  async #settle<T>(intent: FeedIntent<T>): Promise<T> {
    const { userId, intent: said } = intent;
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      const expectedRev = await this.#feeds.readRev(userId);
      const known = said === undefined ? null : await this.#feeds.findIntent(said.id);
      if (said !== undefined && known !== null) return firstAnswer<T>(known, userId, said.operation);
      const { entries: bodies, answer } = await intent.decide(expectedRev + 1);
      // Recorded even where it changed nothing: said again after a newer intent it must not undo that one (D1).
      if (bodies.length === 0 && said === undefined) return answer;
      const entries = bodies.map((body, index) => ({ ...body, rev: expectedRev + index + 1 }) as FeedEntry);
      const outcome = await this.#feeds.commit({
        userId,
        expectedRev,
        entries,
        ...(said !== undefined && { intent: recordOf(said.id, userId, said.operation, answer) }),
        at: this.#clock.now(),
      });
      if (outcome.kind === 'repeated' && said !== undefined)
        return firstAnswer<T>(await this.#feeds.findIntent(said.id), userId, said.operation);
      if (outcome.kind === 'committed') {
        if (entries.length > 0)
          this.#advanced([{ userId, afterRev: expectedRev, rev: expectedRev + entries.length, entries }]);
        return answer;
      }
    }
    throw new DomainError('unavailable', 'Too many changes at once', 1_000);
  }
}
