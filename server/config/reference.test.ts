import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultRates } from '@parley/shared/contract/limits.ts';
import { parseRate, writeRate } from './read-rates.ts';
import { writeExample, writeReference } from './reference.ts';

const inProject = (path: string) => readFileSync(join(import.meta.dirname, '..', '..', path), 'utf8');

test.each([
  ['docs/configuration.md', writeReference],
  ['.env.example', writeExample],
])('%s is up to date; if not: npm run reference', (path, write) => {
  expect(inProject(path)).toBe(write());
});

test('a default rate is written as it would be read', () => {
  for (const rate of Object.values(defaultRates)) {
    const { perSecond, burst } = parseRate(writeRate(rate)) ?? { perSecond: 0, burst: 0 };
    expect(burst).toBe(rate.burst);
    expect(perSecond).toBeCloseTo(rate.perSecond, 9);
  }
});
