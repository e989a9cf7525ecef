/** `mutedUntil` of a conversation that is muted for good: no date lies later. */
export const forGood = 8_640_000_000_000_000;

/** Whether a conversation is muted at `now`; both in milliseconds since 1970. */
export function isMuted(mutedUntil: number, now: number): boolean {
  return now < mutedUntil;
}
