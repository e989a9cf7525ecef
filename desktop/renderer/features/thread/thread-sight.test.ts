import { expect, test } from 'vitest';
import type { MessageView } from '../../../engine/api/views.ts';
import { sightOf } from './thread-sight.ts';
import { threadRows } from './thread-rows.ts';
import type { ThreadVirtualizer } from './use-thread-virtualizer.ts';

const noon = new Date(2026, 10, 20, 12).getTime();
const dayMs = 86_400_000;
const rowHeight = 100;

function said(seq: number, more: Partial<MessageView> = {}): MessageView {
  const content = { kind: 'text', text: 'words' } as const;
  return { id: `m${seq}`, conversationId: 'c', seq, order: seq, at: noon, isMine: false, content, ...more };
}

/** A day's line, then messages 1 to 5 of that day, then the next day's line and message 6: 100 pixels each. */
const rows = threadRows([...[1, 2, 3, 4, 5].map((seq) => said(seq)), said(6, { at: noon + dayMs })], {
  older: 'none',
  newer: 'none',
});

function sightAt(scrollOffset: number, height: number) {
  const items = rows.map(({ key }, index) => ({
    key,
    index,
    start: index * rowHeight,
    end: (index + 1) * rowHeight,
    size: rowHeight,
    lane: 0,
  }));
  const virtualizer = {
    scrollOffset,
    scrollRect: { width: 600, height },
    getVirtualItems: () => items,
    getTotalSize: () => items.length * rowHeight,
  };
  return sightOf(virtualizer as unknown as ThreadVirtualizer, rows);
}

test('a message is on screen when its end is', () => {
  expect(sightAt(0, 300).lastSeq).toBe(2);
  expect(sightAt(0, 350).lastSeq).toBe(2);
  expect(sightAt(0, 400).lastSeq).toBe(3);
});

test('a message higher than the screen counts once its beginning was passed', () => {
  expect(sightAt(200, 50).lastSeq).toBeUndefined();
  expect(sightAt(210, 50).lastSeq).toBe(2);
});

test('the day sticks above its messages and makes way for the lines of days', () => {
  const day = new Date(2026, 10, 20).getTime();
  expect(sightAt(0, 300).pillDay).toBeUndefined();
  expect(sightAt(250, 300).pillDay).toBe(day);
  expect(sightAt(570, 130).pillDay).toBeUndefined();
});

test('what fits on the screen is seen whole, wherever the list was to open', () => {
  expect(sightAt(640, 900)).toMatchObject({ lastSeq: 6, pillDay: undefined, toStart: 0, isAtEnd: true });
});

test('the end is reached within a few pixels', () => {
  expect(sightAt(480, 300).isAtEnd).toBe(true);
  expect(sightAt(470, 300).isAtEnd).toBe(false);
});
