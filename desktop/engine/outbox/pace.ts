import type { Rate } from '@parley/shared/contract/limits.ts';
import type { ClockPort } from '../ports/host.ts';

/** Keeps within a rate the server has told: how long to wait before the next request. */
export class Pace {
  readonly #clock: ClockPort;
  readonly #rate: Rate;
  #tokens: number;
  #at: number;

  constructor(clock: ClockPort, rate: Rate) {
    this.#clock = clock;
    this.#rate = rate;
    this.#tokens = rate.burst;
    this.#at = clock.monotonic();
  }

  /** Takes one turn, and answers 0; or how many milliseconds to wait before asking again. */
  take(): number {
    const now = this.#clock.monotonic();
    const { perSecond, burst } = this.#rate;
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#at) / 1_000) * perSecond);
    this.#at = now;
    if (this.#tokens < 1) return Math.ceil(((1 - this.#tokens) / perSecond) * 1_000);
    this.#tokens -= 1;
    return 0;
  }
}
