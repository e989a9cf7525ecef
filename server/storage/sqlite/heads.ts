import type { Database } from './database.ts';
import { HeadCache, type NumberedHead } from './head-cache.ts';

export interface ConversationHead extends NumberedHead {
  rev: number;
  seq: number;
  changeId: string;
  mrev: number;
}

export interface FeedHead extends NumberedHead {
  rev: number;
  /** The highest rev of a tombstone that was purged. */
  purgedRev: number;
}

export interface Heads {
  conversations: HeadCache<ConversationHead>;
  feeds: HeadCache<FeedHead>;
}

export function createHeads(database: Database): Heads {
  return { conversations: conversationHeads(database), feeds: feedHeads(database) };
}

function conversationHeads(database: Database): HeadCache<ConversationHead> {
  const read = database.statement('SELECT number, rev, seq, change_id, mrev FROM conversation WHERE id = ?');
  const highest = database.statement('SELECT max(number) AS number FROM conversation');
  const insert = database.statement(
    'INSERT INTO conversation (number, id, rev, seq, change_id, mrev) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const update = database.statement(
    'UPDATE conversation SET rev = ?, seq = ?, change_id = ?, mrev = ? WHERE number = ?',
  );
  return new HeadCache<ConversationHead>({
    read(id) {
      const row = read.get(id);
      if (row === undefined) return undefined;
      return {
        number: Number(row['number']),
        rev: Number(row['rev']),
        seq: Number(row['seq']),
        changeId: String(row['change_id']),
        mrev: Number(row['mrev']),
      };
    },
    highestNumber: () => Number(highest.get()?.['number'] ?? 0),
    insert: (id, head) => void insert.run(head.number, id, head.rev, head.seq, head.changeId, head.mrev),
    update: (head) => void update.run(head.rev, head.seq, head.changeId, head.mrev, head.number),
  });
}

function feedHeads(database: Database): HeadCache<FeedHead> {
  const read = database.statement('SELECT number, rev, purged_rev FROM feed WHERE user_id = ?');
  const highest = database.statement('SELECT max(number) AS number FROM feed');
  const insert = database.statement('INSERT INTO feed (number, user_id, rev, purged_rev) VALUES (?, ?, ?, ?)');
  const update = database.statement('UPDATE feed SET rev = ?, purged_rev = ? WHERE number = ?');
  return new HeadCache<FeedHead>({
    read(userId) {
      const row = read.get(userId);
      if (row === undefined) return undefined;
      return { number: Number(row['number']), rev: Number(row['rev']), purgedRev: Number(row['purged_rev']) };
    },
    highestNumber: () => Number(highest.get()?.['number'] ?? 0),
    insert: (userId, head) => void insert.run(head.number, userId, head.rev, head.purgedRev),
    update: (head) => void update.run(head.rev, head.purgedRev, head.number),
  });
}
