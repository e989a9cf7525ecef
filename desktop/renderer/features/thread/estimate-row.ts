import type { ThreadRow } from './thread-rows.ts';

const lineHeight = 21;
/** How many characters a line of the widest bubble holds, on average. */
const charsPerLine = 66;

/** The likely height of a row that was never drawn, in pixels at the normal text size. */
export function estimateRow(row: ThreadRow): number {
  switch (row.kind) {
    case 'day':
      return row.isTop ? 32 : 56;
    case 'divider':
      return 36;
    case 'line':
      return 44;
    case 'message': {
      const { content, delivery } = row.message;
      const text = content.kind === 'text' ? content.text : '';
      const lines = text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / charsPerLine)), 0);
      const quote = content.kind === 'text' && content.replyTo ? 42 : 0;
      const note = delivery === 'failed' ? 36 : 0;
      return (row.isGroupStart ? 12 : 2) + 15 + lines * lineHeight + quote + note;
    }
  }
}
