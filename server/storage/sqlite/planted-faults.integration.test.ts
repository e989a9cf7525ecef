import { describe, expect, test } from 'vitest';
import { checkRule, storageRules } from '../conformance/describe-storage.ts';
import { journalFaults } from './testing/journal-faults.ts';
import { plantedFaults } from './testing/planted-faults.ts';

describe.concurrent('the storage suite catches', () => {
  for (const [name, { caughtBy, harness }] of Object.entries({ ...plantedFaults, ...journalFaults }))
    // oxlint-disable-next-line vitest/expect-expect -- concurrent tests assert through the context
    test(`${name}`, { timeout: 180_000 }, async ({ expect: expectHere }) => {
      const rule = storageRules.find(({ title }) => title.startsWith(caughtBy));
      if (rule === undefined) throw new Error(`No rule begins with "${caughtBy}"`);
      await expectHere(checkRule(harness, rule)).rejects.toThrow();
    });
});

test('there are fifteen faults or more to catch', () => {
  expect(Object.keys(plantedFaults).length).toBeGreaterThanOrEqual(15);
});
