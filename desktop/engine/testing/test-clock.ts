import type { ClockPort } from '../ports/host.ts';

/** A clock on which everything that waits waits `times` shorter; what it tells is the machine's own time. */
export function hastyClock(times: number): ClockPort {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now() * times,
    schedule(run, delayMs) {
      const timer = setTimeout(run, delayMs / times);
      return () => clearTimeout(timer);
    },
  };
}
