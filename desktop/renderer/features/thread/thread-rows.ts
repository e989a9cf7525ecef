import type { MessageView, ThreadView } from '../../../engine/api/views.ts';
import { daysBetween } from '../../i18n/use-format.ts';

/** What stands in the list, top to bottom. Keys stay with what they name when other rows come or go. */
export type ThreadRow = DayRow | DividerRow | LineRow | MessageRow;

/** Above the first message of a day. */
export interface DayRow {
  kind: 'day';
  key: string;
  at: number;
  isTop: boolean;
}
/** Above the first message that was unread when the thread opened, where something read stands above it. */
export interface DividerRow {
  kind: 'divider';
  key: string;
  at: number;
  /** What is above was read up to then. */
  since: number;
}
/** Parley speaking: what happened to a group, or what cannot be shown. */
export interface LineRow {
  kind: 'line';
  key: string;
  message: MessageView;
}
/** Said by a person. A group is what one author said without a pause of more than five minutes. */
export interface MessageRow {
  kind: 'message';
  key: string;
  message: MessageView;
  isGroupStart: boolean;
  isGroupEnd: boolean;
  /** The one whose state is also said in a word. */
  isNewestOwn: boolean;
}

const groupPauseMs = 5 * 60_000;

export type Stretch = Pick<ThreadView, 'older' | 'newer' | 'dividerAfterSeq' | 'dividerAt'>;

function isSpoken({ content }: MessageView): boolean {
  return content.kind === 'text' || content.kind === 'scrubbed';
}

function isSameDay(a: number, b: number): boolean {
  return daysBetween(a, b) === 0;
}

function isOneGroup(before: MessageView, after: MessageView): boolean {
  return (
    isSpoken(before) &&
    isSpoken(after) &&
    before.authorId === after.authorId &&
    Math.abs(after.at - before.at) <= groupPauseMs &&
    isSameDay(before.at, after.at)
  );
}

function isUnread({ seq = Infinity }: MessageView, { dividerAfterSeq = Infinity }: Pick<Stretch, 'dividerAfterSeq'>) {
  return seq > dividerAfterSeq;
}

/** Where a thread opens that has something unread; `undefined`: what is unread lies beyond the stretch. */
export function firstUnreadKey(rows: readonly ThreadRow[], stretch: Stretch): string | undefined {
  const [top, first] = rows;
  const isAllUnread = stretch.older === 'none' && first && 'message' in first && isUnread(first.message, stretch);
  return isAllUnread ? top?.key : rows.find(({ kind }) => kind === 'divider')?.key;
}

function newestOwn(messages: readonly MessageView[]): MessageView | undefined {
  return messages.findLast(({ isMine, delivery }) => isMine && delivery !== undefined);
}

type Unlinked = Omit<MessageRow, 'isGroupEnd'> | Exclude<ThreadRow, MessageRow>;

/**
 * The rows of a stretch. While older messages are to come, its first message is not shown: only the one before it decides
 * how a message begins, and a message that began differently afterwards would move what is being read. After a gap nobody
 * knows when that one comes, so the message is shown, and goes on beginning a group (`seams`).
 */
export function threadRows(
  messages: readonly MessageView[],
  stretch: Stretch,
  seams: ReadonlySet<string> = new Set(),
): ThreadRow[] {
  const { older, newer, dividerAt } = stretch;
  const rows: Unlinked[] = [];
  const ownId = newer === 'none' ? newestOwn(messages)?.id : undefined;
  for (const [index, message] of messages.entries()) {
    const before = messages[index - 1];
    const { id, at } = message;
    if (!before && older === 'more' && !seams.has(id)) continue;
    const startsDay = before ? !isSameDay(before.at, at) : older === 'none';
    if (startsDay) rows.push({ kind: 'day', key: `day ${id}`, at, isTop: rows.length === 0 });
    const isUnreadFrom = isUnread(message, stretch) && (before ? !isUnread(before, stretch) : older !== 'none');
    if (isUnreadFrom) rows.push({ kind: 'divider', key: 'divider', at, since: dividerAt ?? at });
    if (!isSpoken(message)) {
      rows.push({ kind: 'line', key: id, message });
      continue;
    }
    const isGroupStart = !before || isUnreadFrom || seams.has(id) || !isOneGroup(before, message);
    rows.push({ kind: 'message', key: id, message, isGroupStart, isNewestOwn: id === ownId });
  }
  return rows.map((row, index) => {
    if (row.kind !== 'message') return row;
    const next = rows[index + 1];
    return { ...row, isGroupEnd: next?.kind !== 'message' || next.isGroupStart };
  });
}

function isSameRow(a: ThreadRow, b: ThreadRow): boolean {
  const keys = Object.keys(a) as (keyof ThreadRow)[];
  return keys.length === Object.keys(b).length && keys.every((key) => Object.is(a[key], b[key]));
}

/** As `threadRows`; rows that did not change keep their identity, so that only the others are drawn again. */
export function createRowBuilder(): (messages: readonly MessageView[], stretch: Stretch) => readonly ThreadRow[] {
  let known: ReadonlyMap<string, ThreadRow> = new Map();
  let last: readonly ThreadRow[] = [];
  const seams = new Set<string>();
  return (messages, stretch) => {
    const first = messages[0];
    if (stretch.older === 'gap' && first) seams.add(first.id);
    const rows = threadRows(messages, stretch, seams).map((row) => {
      const before = known.get(row.key);
      return before && isSameRow(before, row) ? before : row;
    });
    known = new Map(rows.map((row) => [row.key, row]));
    const isUnchanged = rows.length === last.length && rows.every((row, index) => row === last[index]);
    if (!isUnchanged) last = rows;
    return last;
  };
}
