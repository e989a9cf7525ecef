import { v7 } from 'uuid';
import type { Host } from '../ports/host.ts';

/** Mints the id of an intent: a UUID of version 7. */
export function idMint({ clock, random }: Pick<Host, 'clock' | 'random'>): () => string {
  return () => v7({ msecs: clock.now(), random: random.bytes(16) });
}
