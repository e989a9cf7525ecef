function sorted(values: readonly number[]): number[] {
  if (values.length === 0) throw new RangeError('Nothing was measured');
  return values.toSorted((a, b) => a - b);
}

/** The value in the middle; of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const inOrder = sorted(values);
  const upper = inOrder[Math.floor(inOrder.length / 2)] ?? 0;
  const lower = inOrder[Math.ceil(inOrder.length / 2) - 1] ?? 0;
  return (lower + upper) / 2;
}

/** The smallest value that at least `share` of all values do not exceed (nearest rank). */
export function quantile(values: readonly number[], share: number): number {
  const inOrder = sorted(values);
  const rank = Math.max(1, Math.ceil(share * inOrder.length));
  return inOrder[rank - 1] ?? 0;
}

export interface Pair {
  product: number;
  baseline: number;
}

export interface Compared {
  product: number;
  baseline: number;
  /**
   * The median of the ratios of the pairs, not the ratio of the medians: both halves of a pair ran one after the other, under the same
   * neighbours.
   */
  ratio: number;
  /** How far the ratios of the single pairs lie apart. */
  spread: [lowest: number, highest: number];
  pairs: number;
}

export function compare(pairs: readonly Pair[]): Compared {
  const ratios = pairs.map(({ product, baseline }) => {
    if (!(baseline > 0)) throw new RangeError('A baseline of nothing has no ratio');
    return product / baseline;
  });
  return {
    product: median(pairs.map(({ product }) => product)),
    baseline: median(pairs.map(({ baseline }) => baseline)),
    ratio: median(ratios),
    spread: [Math.min(...ratios), Math.max(...ratios)],
    pairs: pairs.length,
  };
}
