import { describe, test } from 'vitest';
import { testMongodb } from '../../testing/test-mongodb.ts';
import { checkRule, storageRules } from '../conformance/describe-storage.ts';
import { mongoHarness } from './testing/mongo-harness.ts';
import { plantedFaults } from './testing/planted-faults.ts';

const mongodb = await testMongodb();
const url = 'url' in mongodb ? mongodb.url : '';

describe.skipIf('missing' in mongodb).concurrent('the storage suite catches, over MongoDB', () => {
  for (const [name, { caughtBy, ...tamper }] of Object.entries(plantedFaults))
    test(`${name}`, { timeout: 300_000 }, async ({ expect }) => {
      const rule = storageRules.find(({ title }) => title.startsWith(caughtBy));
      if (rule === undefined) throw new Error(`No rule begins with "${caughtBy}"`);
      await expect(checkRule(mongoHarness(url, tamper), rule)).rejects.toThrow();
    });
});
