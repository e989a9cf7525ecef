import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { RefreshMac } from '../domain/accounts/ports.ts';

export function createRefreshMac(key: Uint8Array): RefreshMac {
  return {
    mintSeed: () => randomBytes(32).toString('base64url'),
    sign: (sessionId, generation, seed) =>
      createHmac('sha256', key).update(`${sessionId}|${generation}|${seed}`).digest('base64url'),
    isSame(left, right) {
      const [a, b] = [Buffer.from(left), Buffer.from(right)];
      return a.length === b.length && timingSafeEqual(a, b);
    },
  };
}
