import type { Clock } from '../domain/clock.ts';
import { nodeClock } from '../node-clock.ts';

/** Goes on by itself and can be put forward; what is scheduled comes after real time. */
export function createTestClock(): Clock & { advance(byMs: number): void } {
  let shiftMs = 0;
  return {
    now: () => Date.now() + shiftMs,
    schedule: (run, delayMs) => nodeClock.schedule(run, delayMs),
    advance(byMs) {
      shiftMs += byMs;
    },
  };
}
