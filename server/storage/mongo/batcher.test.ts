import { expect, test } from 'vitest';
import { Batcher } from './batcher.ts';

test('what is asked in one turn, and while others are answered, is asked together; each gets its own answer', async () => {
  const asked: number[][] = [];
  const gate = Promise.withResolvers<void>();
  const batcher = new Batcher<number, number>(async (items) => {
    asked.push(items);
    await gate.promise;
    return items.map((item) => item * 10);
  });
  const first = [1, 2, 3].map((item) => batcher.submit(item));
  await Promise.resolve();
  const second = batcher.submit(4);
  await Promise.resolve();
  const third = [5, 6].map((item) => batcher.submit(item));
  gate.resolve();
  expect(await Promise.all([...first, second, ...third])).toEqual([10, 20, 30, 40, 50, 60]);
  expect(asked).toEqual([[1, 2, 3], [4], [5, 6]]);
});

test('a batch that fails fails all of its own, and not those after it', async () => {
  let runs = 0;
  const batcher = new Batcher<number, number>(async (items) => {
    runs += 1;
    if (runs === 1) throw new Error('lost');
    return items;
  });
  const failed = await Promise.allSettled([batcher.submit(1), batcher.submit(2)]);
  expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await batcher.submit(3)).toBe(3);
});
