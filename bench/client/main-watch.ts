/** What `watch-main.ts` has seen of the app's main process, in its own milliseconds. */
export interface MainWatch {
  connectedAt: number;
  /** When the last message so far was on the disk. */
  durableAt: number;
  messages: number;
  /** Of the time between two looks at the event loop from the connection until then: what 99 of 100 do not exceed. */
  loopP99Ms: number;
  /** The same without what neighbours had the core for: of the processor time that this thread took between two looks. */
  ownP99Ms: number;
}

/** Where it lies in that process. */
export const watchName = 'parleyBench';
