import type { MarkerMove, MarkersMoved } from '../../port/conversations.ts';
import type { Markers } from '../../port/records.ts';
import type { Database } from '../database.ts';
import type { Heads } from '../heads.ts';
import { FeedAdvances, type FeedEntries } from './feed-entries.ts';

export interface MarkerMoves {
  conversationId: string;
  moves: readonly MarkerMove[];
  isShared: boolean;
}

export function createMoveMarkers(database: Database, heads: Heads, feedEntries: FeedEntries) {
  const read = database.statement('SELECT delivered, read FROM marker WHERE conversation = ? AND user_id = ?');
  const put = database.statement(
    `INSERT INTO marker (conversation, user_id, delivered, read) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET delivered = excluded.delivered, read = excluded.read`,
  );

  return ({ conversationId, moves, isShared }: MarkerMoves): MarkersMoved => {
    const head = heads.conversations.find(conversationId);
    if (head === undefined) throw new Error('Markers belong to a conversation that exists');
    const moved = new Map<string, Markers>();
    const advances = new FeedAdvances(feedEntries);
    for (const { userId, delivered = 0, read: readUpTo = 0 } of moves) {
      const row = read.get(head.number, userId);
      const before = { delivered: Number(row?.['delivered'] ?? 0), read: Number(row?.['read'] ?? 0) };
      if (delivered <= before.delivered && readUpTo <= before.read) continue;
      const after = { delivered: Math.max(delivered, before.delivered), read: Math.max(readUpTo, before.read) };
      put.run(head.number, userId, after.delivered, after.read);
      moved.set(userId, { userId, ...after });
      if (after.read > before.read) advances.append(userId, { kind: 'marker', key: conversationId, read: after.read });
    }
    const afterMrev = head.mrev;
    if (isShared && moved.size > 0) {
      head.mrev += 1;
      heads.conversations.change(head);
    }
    return { afterMrev, mrev: head.mrev, markers: [...moved.values()], advances: advances.list() };
  };
}
