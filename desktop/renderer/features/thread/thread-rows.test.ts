import { describe, expect, test } from 'vitest';
import type { MessageView } from '../../../engine/api/views.ts';
import { createRowBuilder, firstUnreadKey, type Stretch, threadRows } from './thread-rows.ts';

const noon = new Date(2026, 10, 20, 12).getTime();
const minute = 60_000;
const whole: Stretch = { older: 'none', newer: 'none' };

function said(seq: number, more: Partial<MessageView> = {}): MessageView {
  return {
    id: `m${seq}`,
    conversationId: 'c',
    seq,
    order: seq,
    at: noon,
    authorId: 'ines',
    isMine: false,
    content: { kind: 'text', text: `words ${seq}` },
    ...more,
  };
}
const mine = (seq: number, more: Partial<MessageView> = {}) =>
  said(seq, { authorId: 'maud', isMine: true, delivery: 'read', ...more });
const system = (seq: number, more: Partial<MessageView> = {}) =>
  said(seq, { content: { kind: 'system', event: { type: 'member-left' } }, ...more });

/** "day m1 [m2 m3]": brackets around every group. */
function drawn(rows: readonly ReturnType<typeof threadRows>[number][]): string {
  return rows
    .map((row) => {
      if (row.kind !== 'message') return row.kind === 'line' ? `line:${row.key}` : row.kind;
      return `${row.isGroupStart ? '[' : ''}${row.key}${row.isGroupEnd ? ']' : ''}`;
    })
    .join(' ');
}
const draw = (messages: MessageView[], stretch: Partial<Stretch> = {}) =>
  drawn(threadRows(messages, { ...whole, ...stretch }));

describe('groups', () => {
  test('hold what one author said within five minutes of the message before', () => {
    const messages = [said(1), said(2, { at: noon + 5 * minute }), said(3, { at: noon + 10 * minute + 1 })];
    expect(draw(messages)).toBe('day [m1 m2] [m3]');
  });

  test('end where somebody else speaks', () => {
    expect(draw([said(1), mine(2), mine(3), said(4)])).toBe('day [m1] [m2 m3] [m4]');
  });

  test('are parted by a system line, which belongs to none', () => {
    expect(draw([said(1), system(2), said(3)])).toBe('day [m1] line:m2 [m3]');
  });

  test('go on over a deleted message, which keeps its author', () => {
    expect(draw([said(1), said(2, { content: { kind: 'scrubbed' } }), said(3)])).toBe('day [m1 m2 m3]');
  });

  test.each(['stub', 'unknown'] as const)('take in no message of kind %s', (kind) => {
    const { authorId: _none, ...nameless } = said(2, { content: { kind } });
    expect(draw([said(1), nameless, said(3)])).toBe('day [m1] line:m2 [m3]');
  });
});

describe('days', () => {
  test('stand above their first message', () => {
    const night = new Date(2026, 10, 20, 23, 59).getTime();
    expect(draw([said(1, { at: night }), said(2, { at: night + 2 * minute })])).toBe('day [m1] day [m2]');
  });

  test('may come again when clocks disagree, each under its own key', () => {
    const tomorrow = noon + 24 * 60 * minute;
    const rows = threadRows([said(1), said(2, { at: tomorrow }), said(3)], whole);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(6);
  });
});

describe('the unread divider', () => {
  test('stands before the first message above its seq and parts a group', () => {
    expect(draw([said(1), said(2), said(3)], { dividerAfterSeq: 1 })).toBe('day [m1] divider [m2 m3]');
  });

  test('stands below the day when both belong to the same message', () => {
    const today = said(2, { at: noon + 24 * 60 * minute });
    expect(draw([said(1), today], { dividerAfterSeq: 1 })).toBe('day [m1] day divider [m2]');
  });

  test('is not there where nothing was read before, and the thread opens at the top', () => {
    const rows = threadRows([system(1), said(2)], { ...whole, dividerAfterSeq: 0 });
    expect(drawn(rows)).toBe('day line:m1 [m2]');
    expect(firstUnreadKey(rows, { ...whole, dividerAfterSeq: 0 })).toBe(rows[0]?.key);
    expect(firstUnreadKey(rows, whole)).toBeUndefined();
  });

  test('is not there when nothing is above its seq', () => {
    expect(draw([said(1)], { dividerAfterSeq: 1 })).toBe('day [m1]');
  });

  test('is not there when its place is above the stretch', () => {
    expect(draw([said(5), said(6)], { dividerAfterSeq: 2, older: 'more' })).toBe('m6]');
  });

  test('stands before own messages that wait, when only they are above it', () => {
    const { seq: _none, ...waiting } = mine(9, { delivery: 'waiting' });
    expect(draw([said(1), waiting], { dividerAfterSeq: 1 })).toBe('day [m1] divider [m9]');
  });
});

describe('the beginning of a stretch', () => {
  test('with more to come shows only messages whose predecessor is known', () => {
    expect(draw([said(1), said(2), mine(3)], { older: 'more' })).toBe('m2] [m3]');
  });

  test('after a gap shows its first message, without a day nobody knows to begin there', () => {
    expect(draw([said(1), said(2)], { older: 'gap' })).toBe('[m1 m2]');
  });

  test('begins no message differently once the older ones are there', () => {
    const messages = Array.from({ length: 12 }, (_, index) =>
      said(index, { authorId: index % 5 < 3 ? 'ines' : 'noor', at: noon + index * 90 * minute }),
    );
    const before = threadRows(messages.slice(5), { ...whole, older: 'more' });
    const after = threadRows(messages, whole);
    expect(after.slice(-before.length)).toEqual(before);
  });
});

describe('the newest own message', () => {
  const newestOwn = (messages: MessageView[], newer: Stretch['newer'] = 'none') =>
    threadRows(messages, { ...whole, newer }).flatMap((row) =>
      row.kind === 'message' && row.isNewestOwn ? row.key : [],
    );

  test('is the last one, whoever spoke afterwards', () => {
    expect(newestOwn([mine(1), mine(2), said(3)])).toEqual(['m2']);
  });

  test('is not known while newer messages are missing', () => {
    expect(newestOwn([mine(1)], 'more')).toEqual([]);
  });

  test('is never a system line', () => {
    expect(newestOwn([system(1, { isMine: true })])).toEqual([]);
  });
});

describe('built again', () => {
  test('rows that did not change are the same objects', () => {
    const build = createRowBuilder();
    const [one, two, three] = [mine(1), said(2), said(3)];
    const before = build([one, two, three], whole);
    const after = build([{ ...one, delivery: 'delivered' }, two, three], whole);
    expect(after.map((row, index) => row === before[index])).toEqual([true, false, true, true]);
  });

  test('a new message changes only the one whose group it continues', () => {
    const build = createRowBuilder();
    const [one, two] = [mine(1), said(2)];
    const before = build([one, two], whole);
    const after = build([one, two, said(3)], whole);
    expect(after.slice(0, 3).map((row, index) => row === before[index])).toEqual([true, true, false]);
  });

  test('nothing new is the same list', () => {
    const build = createRowBuilder();
    const messages = [said(1)];
    expect(build([...messages], whole)).toBe(build(messages, whole));
  });

  test('a message that began after a gap goes on beginning there', () => {
    const build = createRowBuilder();
    const [one, two] = [said(11), said(12)];
    const before = build([one, two], { ...whole, older: 'gap' });
    const after = build([said(9), said(10), one, two], { ...whole, older: 'more' });
    expect(drawn(after)).toBe('m10] [m11 m12]');
    expect(after.slice(-2)).toEqual(before);
  });
});
