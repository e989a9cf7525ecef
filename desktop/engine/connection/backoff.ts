import type { RandomPort } from '../ports/host.ts';

/** How long to wait before the next attempt: between nothing and an exponentially growing bound ("full jitter"). */
export function backoffMs(random: RandomPort, attempt: number, options: { baseMs: number; capMs: number }): number {
  const bound = Math.min(options.capMs, options.baseMs * 2 ** Math.min(attempt, 20));
  return Math.floor(randomFraction(random) * bound);
}

/** From 0 up to, not including, 1. */
export function randomFraction(random: RandomPort): number {
  const bytes = random.bytes(4);
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0) / 2 ** 32;
}
