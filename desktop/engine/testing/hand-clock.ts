import type { ClockPort } from '../ports/host.ts';

export interface HandClock extends ClockPort {
  /** Lets time pass: what is due runs in its order, and what follows from it, before the rest of the time passes. */
  advance(ms: number): Promise<void>;
  /** Somebody sets the clock on the wall. */
  setWall(ms: number): void;
  /** How many are still scheduled. */
  readonly waiting: number;
}

/** Resolves when everything that follows from what was done, without time passing, is through. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** A clock that stands still until it is moved by hand. */
export function handClock(): HandClock {
  let monotonic = 0;
  let wallOffset = 1_700_000_000_000;
  const scheduled = new Map<symbol, { run: () => void; at: number }>();
  const due = (until: number) =>
    [...scheduled].filter(([, { at }]) => at <= until).toSorted(([, one], [, other]) => one.at - other.at)[0];
  return {
    now: () => wallOffset + monotonic,
    monotonic: () => monotonic,
    schedule(run, delayMs) {
      const key = Symbol('scheduled');
      scheduled.set(key, { run, at: monotonic + delayMs });
      return () => scheduled.delete(key);
    },
    async advance(ms) {
      const until = monotonic + ms;
      await settled();
      for (let next = due(until); next !== undefined; next = due(until)) {
        const [key, { run, at }] = next;
        scheduled.delete(key);
        monotonic = Math.max(monotonic, at);
        run();
        await settled();
      }
      monotonic = until;
    },
    setWall(ms) {
      wallOffset = ms - monotonic;
    },
    get waiting() {
      return scheduled.size;
    },
  };
}
