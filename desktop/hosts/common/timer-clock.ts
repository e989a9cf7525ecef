import type { ClockPort } from '../../engine/ports/host.ts';

/** Longer delays overflow the timer and would run at once (HTML Standard, timer initialisation steps). */
const longestTimerMs = 2 ** 31 - 1;

export function createTimerClock(): ClockPort {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    schedule(run, delayMs) {
      let timer: ReturnType<typeof setTimeout>;
      const wait = (leftMs: number): void => {
        const nextMs = Math.min(leftMs, longestTimerMs);
        timer = setTimeout(() => (leftMs > nextMs ? wait(leftMs - nextMs) : run()), nextMs);
      };
      wait(delayMs);
      return () => clearTimeout(timer);
    },
  };
}
