import type { MessagePage } from '../../port/conversations.ts';
import type { MessageRecord, VisibleRange } from '../../port/records.ts';
import type { Database, Statement } from '../database.ts';
import type { Heads } from '../heads.ts';
import { placeOf } from '../places.ts';
import { messageFrom } from '../rows.ts';

export interface PageRequest {
  conversationId: string;
  ranges: readonly VisibleRange[];
  before?: number;
  after?: number;
  limit: number;
}

export const pageSql = {
  older: 'SELECT * FROM message WHERE place BETWEEN ? AND ? ORDER BY place DESC LIMIT ?',
  newer: 'SELECT * FROM message WHERE place BETWEEN ? AND ? ORDER BY place LIMIT ?',
  byId: `SELECT message.*, conversation.id AS conversation_id FROM message
         JOIN conversation ON conversation.number = message.place >> 26 WHERE message.id = ?`,
};

export function createReadPage(database: Database, heads: Heads) {
  const older = database.statement(pageSql.older);
  const newer = database.statement(pageSql.newer);

  return ({ conversationId, ranges, before, after, limit }: PageRequest): MessagePage => {
    const head = heads.conversations.find(conversationId);
    if (head === undefined) return { atRev: 0, messages: [], hasMore: false };
    const isUpward = after !== undefined;
    const stretches = ranges.map((range) => ({
      from: Math.max(range.fromSeq, 1, (after ?? 0) + 1),
      until: Math.min(range.untilSeq ?? head.seq, head.seq, (before ?? Infinity) - 1),
    }));
    const found = readStretches(
      isUpward ? newer : older,
      head.number,
      isUpward ? stretches : stretches.toReversed(),
      limit + 1,
    );
    const messages = found.slice(0, limit);
    return { atRev: head.rev, messages: isUpward ? messages : messages.reverse(), hasMore: found.length > limit };
  };
}

function readStretches(
  statement: Statement,
  conversation: number,
  stretches: readonly { from: number; until: number }[],
  limit: number,
): MessageRecord[] {
  const found: MessageRecord[] = [];
  for (const { from, until } of stretches) {
    if (from > until || found.length >= limit) continue;
    const rows = statement.all(placeOf(conversation, from), placeOf(conversation, until), limit - found.length);
    for (const row of rows) found.push(messageFrom(row));
  }
  return found;
}

export function createFindMessage(database: Database) {
  const byId = database.statement(pageSql.byId);
  return (messageId: string): { conversationId: string; message: MessageRecord } | null => {
    const row = byId.get(messageId);
    return row === undefined ? null : { conversationId: String(row['conversation_id']), message: messageFrom(row) };
  };
}
