/** The wire's version. Raise `current` whenever `fingerprint.test.ts` says that the wire has changed. */
export const protocolVersion = {
  /** What this source speaks. */
  current: 1,
  /** The oldest client a server of this source still serves, and the oldest server a client of this source still uses. */
  oldestAccepted: 1,
} as const;
