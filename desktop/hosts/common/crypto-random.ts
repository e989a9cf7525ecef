import type { RandomPort } from '../../engine/ports/host.ts';

/** `getRandomValues` is there without a secure context too, where `randomUUID` is not. */
export const cryptoRandom: RandomPort = {
  bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
};
