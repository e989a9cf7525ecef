import type { MessagePage } from '../../port/conversations.ts';
import type { MessageRecord, VisibleRange } from '../../port/records.ts';
import type { Heads } from '../heads.ts';
import { messageFrom } from '../rows.ts';
import type { MessageRows } from './message-rows.ts';

export interface PageRequest {
  conversationId: string;
  ranges: readonly VisibleRange[];
  before?: number;
  after?: number;
  limit: number;
}

export function createReadPage(heads: Heads, messages: MessageRows) {
  return ({ conversationId, ranges, before, after, limit }: PageRequest): MessagePage => {
    const head = heads.conversations.find(conversationId);
    if (head === undefined) return { atRev: 0, messages: [], hasMore: false };
    const isUpward = after !== undefined;
    const stretches = ranges.map((range) => ({
      from: Math.max(range.fromSeq, 1, (after ?? 0) + 1),
      until: Math.min(range.untilSeq ?? head.seq, head.seq, (before ?? Infinity) - 1),
    }));
    const found: MessageRecord[] = [];
    for (const { from, until } of isUpward ? stretches : stretches.toReversed()) {
      const room = limit + 1 - found.length;
      if (from > until || room === 0) continue;
      const rows = isUpward
        ? messages.newer(head.number, from, until, room)
        : messages.older(head.number, from, until, room);
      for (const row of rows) found.push(messageFrom(row));
    }
    const shown = found.slice(0, limit);
    return { atRev: head.rev, messages: isUpward ? shown : shown.reverse(), hasMore: found.length > limit };
  };
}

export function createFindMessage(messages: MessageRows) {
  return (messageId: string): { conversationId: string; message: MessageRecord } | null => {
    const row = messages.find(messageId);
    return row === undefined ? null : { conversationId: String(row['conversation_id']), message: messageFrom(row) };
  };
}
