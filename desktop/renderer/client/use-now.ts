import { useCallback, useSyncExternalStore } from 'react';

/** The time, rounded down to `everyMs` and renewed that often; without `isRunning` only when something else draws anew. */
export function useNow(everyMs: number, isRunning = true): number {
  const subscribe = useCallback(
    (onTick: () => void) => {
      if (!isRunning) return () => {};
      const timer = setInterval(onTick, everyMs);
      return () => clearInterval(timer);
    },
    [everyMs, isRunning],
  );
  return useSyncExternalStore(subscribe, () => Math.floor(Date.now() / everyMs) * everyMs);
}
