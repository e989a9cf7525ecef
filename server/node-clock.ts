import type { Clock } from './domain/clock.ts';

/** What is scheduled keeps no process alive. */
export const nodeClock: Clock = {
  now: () => Date.now(),
  schedule(run, delayMs) {
    const timer = setTimeout(run, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
