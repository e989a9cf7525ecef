import { expect, test } from 'vitest';
import { fieldOf } from './process-tree.ts';

const rollup = `55d0c4a00000-7ffd2a9f5000 ---p 00000000 00:00 0    [rollup]
Rss:              105468 kB
Pss_Dirty:         20344 kB
Pss:               61232 kB
Shared_Clean:      44000 kB
`;

test('a field is the one of that very name', () => {
  expect(fieldOf(rollup, 'Pss')).toBe(61_232);
  expect(fieldOf('rchar: 9\nwrite_bytes: 4096\ncancelled_write_bytes: 12\n', 'write_bytes')).toBe(4_096);
});

test('what is not in there is 0, as of a process that has ended', () => {
  expect(fieldOf(rollup, 'Swap')).toBe(0);
  expect(fieldOf('', 'Pss')).toBe(0);
});
