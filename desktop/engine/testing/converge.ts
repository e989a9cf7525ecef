import { expect, test } from 'vitest';
import { playSeed } from './seeded-world.ts';

const seeds = Number(process.env['PARLEY_SEEDS'] ?? 100);
const perTest = 10;

/** Plays every other seed: two files, so that two cores play them all. `PARLEY_SEED=17` plays that one alone, in both. */
export function testConvergence(which: 'odd' | 'even'): void {
  const first = which === 'odd' ? 1 : 2;
  const only = process.env['PARLEY_SEED'];
  const mine = only === undefined ? Array.from({ length: seeds / 2 }, (_, index) => first + 2 * index) : [Number(only)];
  for (let start = 0; start < mine.length; start += perTest) {
    const some = mine.slice(start, start + perTest);
    test(
      `D1 D2 D3 D4 D7 everybody ends with the same, ${which} seeds ${some[0]} to ${some.at(-1)}`,
      {
        timeout: 300_000,
      },
      async () => {
        for (const seed of some) expect(await playSeed(seed), `seed ${seed}`).toEqual([]);
      },
    );
  }
}
