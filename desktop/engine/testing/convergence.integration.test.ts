import { expect, test } from 'vitest';
import { playSeed } from './seeded-world.ts';

const seeds = Number(process.env['PARLEY_SEEDS'] ?? 100);
const perTest = 10;

for (let first = 1; first <= seeds; first += perTest) {
  const last = Math.min(seeds, first + perTest - 1);
  test(`D1 D2 D3 D4 D7 everybody ends with the same, seeds ${first} to ${last}`, { timeout: 300_000 }, async () => {
    for (let seed = first; seed <= last; seed += 1) {
      expect(await playSeed(seed), `seed ${seed}`).toEqual([]);
    }
  });
}
