import { z } from 'zod';

/**
 * One of `values` in what a server tells. A newer server may tell others: here they read as `otherwise`, the one that promises and allows
 * the least, so that nobody loses a whole answer for one word in it.
 */
export function openEnum<const V extends string>(values: readonly V[], otherwise: V) {
  const isKnown = (value: string) => values.includes(value as V);
  return z.preprocess((value) => (typeof value === 'string' && !isKnown(value) ? otherwise : value), z.enum(values));
}
