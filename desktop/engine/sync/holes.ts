import type { VisibleRange } from '@parley/shared/contract/entities/conversation.ts';
import type { Hole } from '../ports/local-store.ts';

/** Stretches of seqs that are not on this device: sorted, apart from each other, both ends inside. */

export function addHole(holes: readonly Hole[], hole: Hole): Hole[] {
  return hole.fromSeq > hole.toSeq ? [...holes] : [...holes, hole].sort((a, b) => a.fromSeq - b.fromSeq);
}

/** The holes without a stretch that has been filled. */
export function closeHoles(holes: readonly Hole[], filled: Hole): Hole[] {
  if (filled.fromSeq > filled.toSeq) return [...holes];
  return holes.flatMap((hole) => {
    if (filled.toSeq < hole.fromSeq || filled.fromSeq > hole.toSeq) return [hole];
    const below = { fromSeq: hole.fromSeq, toSeq: filled.fromSeq - 1 };
    const above = { fromSeq: filled.toSeq + 1, toSeq: hole.toSeq };
    return [below, above].filter(({ fromSeq, toSeq }) => fromSeq <= toSeq);
  });
}

export function holeAt(holes: readonly Hole[], seq: number): Hole | undefined {
  return holes.find((hole) => seq >= hole.fromSeq && seq <= hole.toSeq);
}

/** How many seqs of a stretch the ranges show. */
export function visibleCount(ranges: readonly VisibleRange[], { fromSeq, toSeq }: Hole): number {
  let count = 0;
  for (const range of ranges) {
    const from = Math.max(fromSeq, range.fromSeq, 1);
    const to = Math.min(toSeq, range.untilSeq ?? toSeq);
    count += Math.max(0, to - from + 1);
  }
  return count;
}
