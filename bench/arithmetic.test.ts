import { describe, expect, test } from 'vitest';
import { compare, median, quantile } from './arithmetic.ts';

describe('median', () => {
  test('is the value in the middle, whatever the order', () => {
    expect(median([9, 1, 5])).toBe(5);
  });
  test('is the mean of the two in the middle', () => {
    expect(median([4, 1, 2, 100])).toBe(3);
  });
  test('sorts numbers as numbers', () => {
    expect(median([10, 9, 100])).toBe(10);
  });
  test('of nothing is refused', () => {
    expect(() => median([])).toThrow('Nothing was measured');
  });
});

describe('quantile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  test('is the value that so many do not exceed', () => {
    expect(quantile(hundred, 0.5)).toBe(50);
    expect(quantile(hundred, 0.99)).toBe(99);
    expect(quantile(hundred, 1)).toBe(100);
  });
  test('of one value is that value', () => {
    expect(quantile([7], 0.01)).toBe(7);
  });
});

describe('compare', () => {
  test('takes the median of the ratios of the pairs', () => {
    const pairs = [
      { product: 10, baseline: 10 },
      { product: 30, baseline: 10 },
      { product: 400, baseline: 200 },
    ];
    expect(compare(pairs)).toEqual({ product: 30, baseline: 10, ratio: 2, spread: [1, 3], pairs: 3 });
  });
  test('refuses a baseline of nothing', () => {
    expect(() => compare([{ product: 1, baseline: 0 }])).toThrow('no ratio');
  });
});
