import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoffMs, randomFraction } from './backoff.ts';

const randomOf = (bytes: Uint8Array) => ({ bytes: () => bytes });

test('D7 a wait lies between nothing and a bound that doubles up to its cap', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 4, maxLength: 4 }), fc.nat(2_000), (bytes, attempt) => {
      const waitMs = backoffMs(randomOf(bytes), attempt, { baseMs: 1_000, capMs: 30_000 });
      expect(waitMs).toBeGreaterThanOrEqual(0);
      expect(waitMs).toBeLessThan(Math.min(30_000, 1_000 * 2 ** Math.min(attempt, 5)));
    }),
  );
});

test('D7 the jitter is full: from the very bottom to just below the top', () => {
  expect(randomFraction(randomOf(new Uint8Array(4)))).toBe(0);
  expect(randomFraction(randomOf(new Uint8Array(4).fill(255)))).toBeCloseTo(1, 9);
  expect(randomFraction(randomOf(new Uint8Array(4).fill(255)))).toBeLessThan(1);
});
