/** What is being served now, and whether anything new still is. */
export interface Drain {
  readonly isDraining: boolean;
  /** Something is being served, until `leave`. */
  enter(): void;
  leave(): void;
  begin(): void;
  /** Resolves when nothing is being served. */
  finished(): Promise<void>;
}

export function createDrain(): Drain {
  let running = 0;
  let draining = false;
  const waiting: (() => void)[] = [];
  return {
    get isDraining() {
      return draining;
    },
    enter() {
      running += 1;
    },
    leave() {
      running -= 1;
      if (running === 0) for (const resolve of waiting.splice(0)) resolve();
    },
    begin() {
      draining = true;
    },
    finished() {
      return running === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve));
    },
  };
}
