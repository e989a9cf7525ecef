import { type ReactVirtualizer, useVirtualizer, type Range, defaultRangeExtractor } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useLayoutEffect, useRef } from 'react';
import type { ThreadView } from '../../../engine/api/views.ts';
import { estimateRow } from './estimate-row.ts';
import type { ThreadRow } from './thread-rows.ts';

export type ThreadVirtualizer = ReactVirtualizer<HTMLDivElement, HTMLDivElement>;

/** Above the first row stands either its day or the line of a gap. */
const paddingTop = 24;
const paddingBottom = 6;
/** What `isAtEnd` forgives, in pixels. */
export const endThreshold = 24;

export interface ThreadVirtualizerOptions {
  rows: readonly ThreadRow[];
  newer: ThreadView['newer'];
  scroller: RefObject<HTMLDivElement | null>;
  /** A row that stays in the document wherever it is: it has the focus. */
  keptKey: string | undefined;
  /** The row to open at; the last one otherwise. */
  firstKey: string | undefined;
}

/** What of the window is not the list: header, typing line, composer. */
const besideList = 145;

/** Where the first drawing starts; a position that cannot be reached would keep the rows above it undrawn. */
function openingOffset(rows: readonly ThreadRow[], firstKey: string | undefined): number {
  let offset = paddingTop;
  let first = Infinity;
  for (const row of rows) {
    if (row.key === firstKey) first = offset;
    offset += estimateRow(row);
  }
  return Math.max(0, Math.min(first, offset - (window.innerHeight - besideList)));
}

/** Draws the rows around the viewport. What is being read stays where it is while rows come and go above it. */
export function useThreadVirtualizer(options: ThreadVirtualizerOptions): ThreadVirtualizer {
  const { rows, newer, scroller, keptKey, firstKey } = options;
  // What is appended is followed only where the newest was already shown: a page that was asked for is not.
  const wasNewest = useRef(newer === 'none');
  const followOnAppend = wasNewest.current && newer === 'none';
  useLayoutEffect(() => {
    wasNewest.current = newer === 'none';
  }, [newer]);

  const keptIndex = keptKey === undefined ? -1 : rows.findIndex(({ key }) => key === keptKey);
  const rangeExtractor = useCallback(
    (range: Range) => {
      const shown = defaultRangeExtractor(range);
      if (keptIndex < 0 || shown.includes(keptIndex)) return shown;
      return [...shown, keptIndex].toSorted((a, b) => a - b);
    },
    [keptIndex],
  );
  // The list reads it in every render and hands nothing it returns to memoised components.
  // oxlint-disable-next-line react/incompatible-library
  return useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    estimateSize: useCallback((index: number) => (rows[index] ? estimateRow(rows[index]) : 0), [rows]),
    rangeExtractor,
    overscan: 8,
    paddingStart: paddingTop,
    paddingEnd: paddingBottom,
    // A row that is jumped to stays clear of the day that sticks above.
    scrollPaddingStart: 56,
    anchorTo: 'end',
    followOnAppend,
    scrollEndThreshold: endThreshold,
    initialOffset: () => openingOffset(rows, firstKey),
  });
}
