/** How much is measured. */
export interface Effort {
  pairs: number;
  windowMs: number;
  /** The compiler is done after so many messages; where they take too long, it has to do with less. */
  warmUpMessages: number;
  warmUpMaxMs: number;
  /** Pairs of processes for the size of an idle connection: it hardly differs from one to the next. */
  idlePairs: number;
  idleConnections: number;
  messagesToAll: number;
  /** Where processor profiles go, if they are wanted. */
  profileDir: string | undefined;
}
