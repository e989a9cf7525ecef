import type { HeardConversation } from '@parley/shared/model/notices.ts';
import type { ClockPort } from '../../engine/ports/host.ts';
import { countHeard, nextMuteEnd, type HeardCount } from '@parley/shared/model/heard-count.ts';

export interface CountedViews {
  conversations(): Iterable<HeardConversation>;
  listen(listener: () => void): () => void;
}

/** A timer holds no longer delay. */
const longestDelayMs = 2 ** 31 - 1;

/** The unread count as it is now, told whenever it has changed: by messages, by reading, or because a mute is over. */
export class UnreadTotal {
  readonly #views: CountedViews;
  readonly #clock: ClockPort;
  readonly #listeners = new Set<(count: HeardCount) => void>();
  #current: HeardCount = { messages: 0, hasMention: false };
  #cancel: (() => void) | undefined;

  constructor(views: CountedViews, clock: ClockPort) {
    this.#views = views;
    this.#clock = clock;
    views.listen(() => this.#count());
    this.#count();
  }

  get current(): HeardCount {
    return this.#current;
  }

  /** Told at once, and then of every change. */
  listen(listener: (count: HeardCount) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#current);
    return () => this.#listeners.delete(listener);
  }

  #count(): void {
    const now = this.#clock.now();
    this.#cancel?.();
    this.#cancel = undefined;
    const muteEnd = nextMuteEnd(this.#views.conversations(), now);
    if (muteEnd !== Infinity) {
      this.#cancel = this.#clock.schedule(() => this.#count(), Math.min(muteEnd - now, longestDelayMs));
    }
    const count = countHeard(this.#views.conversations(), now);
    const { messages, hasMention } = this.#current;
    if (count.messages === messages && count.hasMention === hasMention) return;
    this.#current = count;
    for (const listener of [...this.#listeners]) listener(count);
  }
}
