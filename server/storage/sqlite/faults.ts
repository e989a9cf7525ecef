/**
 * A seam for tests, in memory that both threads see.
 * - `stepsLeft`: counts down with every step that writes, and with every answer; at 0 the worker stands still for ever, between two of
 *   them, with the file and its log as they are: what a killed process leaves. 0 or negative: off.
 * - `maxPages`: SQLite's bound on the size of the file: past it every write fails as on a full disk. 0: off.
 * - `isDeath`: 1: instead of standing still the worker ends, as if it had run out of memory.
 */
export const faultAt = { stepsLeft: 0, maxPages: 1, isDeath: 2 } as const;
export const faultSlots = 3;

/** Runs before each step. `stopped` tells the other thread. */
export function createStepCounter(faults: Int32Array, stopped: () => void): () => void {
  return () => {
    if (Atomics.load(faults, faultAt.stepsLeft) <= 0) return;
    if (Atomics.sub(faults, faultAt.stepsLeft, 1) > 1) return;
    if (Atomics.load(faults, faultAt.isDeath) === 1) process.exit(9);
    stopped();
    Atomics.wait(faults, faultAt.stepsLeft, 0);
  };
}
