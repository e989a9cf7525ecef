/** What is being served now, and whether anything new still is. */
export interface Drain {
  readonly isDraining: boolean;
  /** Serves `work` and remembers that it runs. */
  during<T>(work: () => Promise<T>): Promise<T>;
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
    async during(work) {
      running += 1;
      try {
        return await work();
      } finally {
        running -= 1;
        if (running === 0) for (const resolve of waiting.splice(0)) resolve();
      }
    },
    begin() {
      draining = true;
    },
    finished() {
      return running === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve));
    },
  };
}
