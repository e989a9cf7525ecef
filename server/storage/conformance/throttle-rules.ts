import assert from 'node:assert/strict';
import type { Rule } from './harness.ts';

export const throttleRules: Rule[] = [
  {
    title: 'S19 tries are counted once each in the window that began with the first, over processes and restarts',
    async check(data) {
      const other = await data.another();
      const counted = await Promise.all(
        Array.from({ length: 20 }, (_, turn) => (turn % 2 ? data.storage : other).throttles.add('key', 1000, 100)),
      );
      assert.deepEqual(
        counted.map(({ tries }) => tries).toSorted((one, two) => one - two),
        counted.map((_, index) => index + 1),
      );
      const storage = await data.restart();
      assert.deepEqual(await storage.throttles.read('key', 1099), { tries: 20, endsAt: 1100 });
      assert.deepEqual(await storage.throttles.add('key', 5000, 1099), { tries: 21, endsAt: 1100 });
    },
  },
  {
    title: 'S19 a window ends by itself or is cleared, and others go on',
    async check({ storage }) {
      for (const key of ['ending', 'cleared', 'other']) await storage.throttles.add(key, 100, 0);
      assert.equal(await storage.throttles.read('ending', 100), null);
      assert.deepEqual(await storage.throttles.add('ending', 100, 100), { tries: 1, endsAt: 200 });
      await storage.throttles.add('long', 1000, 0);
      await storage.throttles.clear('cleared');
      assert.equal(await storage.throttles.read('cleared', 50), null);
      for (let at = 300; at < 320; at += 1) await storage.throttles.add(`new ${at}`, 100, at);
      assert.deepEqual(await storage.throttles.read('long', 320), { tries: 1, endsAt: 1000 });
    },
  },
];
