import { expect, test } from 'vitest';
import { compare } from './arithmetic.ts';
import { meets, renderTable } from './table.ts';

test('a goal is met at its very value', () => {
  expect(meets(1.8, { bound: 'at-most', value: 1.8 })).toBe(true);
  expect(meets(1.81, { bound: 'at-most', value: 1.8 })).toBe(false);
  expect(meets(0.55, { bound: 'at-least', value: 0.55 })).toBe(true);
  expect(meets(0.54, { bound: 'at-least', value: 0.55 })).toBe(false);
});

test('the table says what was measured, the goal beside it, and whether it is met', () => {
  const compared = compare([{ product: 40, baseline: 20 }]);
  const table = renderTable([
    { id: 'P1', name: 'CPU', unit: 'µs', compared, goal: { bound: 'at-most', value: 1.8 } },
    { id: 'P6', name: 'rows', unit: 'rows', value: 2, goal: { bound: 'at-most', value: 3 } },
  ]);
  const [, , cpu, rows] = table.split('\n').map((line) =>
    line
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1),
  );
  expect(cpu).toEqual(['P1', 'CPU', 'µs', '40.0', '20.0', '2.00x', '2.00-2.00', '<= 1.8x', 'MISSED']);
  expect(rows).toEqual(['P6', 'rows', 'rows', '2.00', '', '', '', '<= 3', 'met']);
});
