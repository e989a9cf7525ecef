import type { VisibleRange } from '../contract/entities/conversation.ts';

/** Whether a message's place lies in one of the ranges. */
export function canSeeSeq(ranges: readonly VisibleRange[], seq: number): boolean {
  return ranges.some((range) => seq >= range.fromSeq && (range.untilSeq === undefined || seq <= range.untilSeq));
}

/** Whether a change lies in one of the ranges. */
export function canSeeRev(ranges: readonly VisibleRange[], rev: number): boolean {
  return ranges.some((range) => rev >= range.fromRev && (range.untilRev === undefined || rev <= range.untilRev));
}

/** Whether the last range is still growing. */
export function isStillMember(ranges: readonly VisibleRange[]): boolean {
  const last = ranges.at(-1);
  return last !== undefined && last.untilRev === undefined;
}
