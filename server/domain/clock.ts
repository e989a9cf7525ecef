/** The world's answers that a decision needs; tests give their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `run` once after `delayMs`; the returned function takes it back. */
  schedule(run: () => void, delayMs: number): () => void;
}

/** Mints an id: a UUID of version 7. */
export type MintId = () => string;
