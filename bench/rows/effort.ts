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
  /** Pairs of starts of the desktop app. */
  startPairs: number;
  /** How far its longest conversation is scrolled back. */
  scrolledMessages: number;
  /** How many messages are written in it. */
  writtenMessages: number;
  /** How often it starts after it was away. */
  catchUps: number;
  /** How long it is watched doing nothing. */
  quietMs: number;
  /** Where processor profiles go, if they are wanted. */
  profileDir: string | undefined;
}
