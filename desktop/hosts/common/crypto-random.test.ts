import { expect, test } from 'vitest';
import { cryptoRandom } from './crypto-random.ts';

test('random bytes are as many as asked for, and others each time', () => {
  const [one, other] = [cryptoRandom.bytes(16), cryptoRandom.bytes(16)];
  expect(one).toHaveLength(16);
  expect(one).not.toEqual(other);
});
