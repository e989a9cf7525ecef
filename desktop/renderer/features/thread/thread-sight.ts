import { endThreshold, type ThreadVirtualizer } from './use-thread-virtualizer.ts';
import type { ThreadRow } from './thread-rows.ts';

/** What somebody sees of the thread at one moment. */
export interface Sight {
  /** Of the messages whose end is on screen, the highest place. */
  lastSeq: number | undefined;
  /** The beginning of the topmost row's day; missing where that day's own line is near. */
  pillDay: number | undefined;
  /** Pixels to what is drawn first and last. */
  toStart: number;
  toEnd: number;
  isAtEnd: boolean;
}

/** Where the sticking day ends, from the top edge. */
const pillBottom = 44;

function dayOf(row: ThreadRow): number {
  const at = row.kind === 'day' || row.kind === 'divider' ? row.at : row.message.at;
  return new Date(at).setHours(0, 0, 0, 0);
}

/** Asks the virtualizer and not the document, which would have to be laid out for the answer. */
export function sightOf(virtualizer: ThreadVirtualizer, rows: readonly ThreadRow[]): Sight {
  const height = virtualizer.scrollRect?.height ?? 0;
  // What cannot scroll sends no event, so the virtualizer may still hold the position it was to open at.
  const offset = Math.min(virtualizer.scrollOffset ?? 0, Math.max(0, virtualizer.getTotalSize() - height));
  const items = virtualizer.getVirtualItems();
  const onScreen = items.filter(({ start, end }) => end > offset && start < offset + height);
  const lastSeen = onScreen.findLast(({ index, start, end }) => {
    const row = rows[index];
    if (row === undefined || row.kind === 'day' || row.kind === 'divider' || row.message.seq === undefined)
      return false;
    // Of a message that fills the screen, the end may never be on it together with its beginning.
    return end <= offset + height + 1 || start < offset;
  });
  const seen = lastSeen && rows[lastSeen.index];
  const top = onScreen[0] && rows[onScreen[0].index];
  const isDayNear = onScreen.some(({ index, start }) => rows[index]?.kind === 'day' && start < offset + pillBottom);
  const toEnd = Math.max(0, virtualizer.getTotalSize() - offset - height);
  return {
    lastSeq: seen && 'message' in seen ? seen.message.seq : undefined,
    pillDay: top === undefined || offset <= 0 || isDayNear ? undefined : dayOf(top),
    toStart: offset,
    toEnd,
    isAtEnd: toEnd <= endThreshold,
  };
}
