import type { FeedEntry, FeedEntryBody, MemberRecord, MessageRecord, ConversationRecord } from '../port/records.ts';
import type { Row } from './database.ts';
import { seqOf } from './places.ts';

export function messageFrom(row: Row): MessageRecord {
  return {
    id: String(row['id']),
    seq: seqOf(Number(row['place'])),
    rev: Number(row['rev']),
    sentRev: Number(row['sent_rev']),
    authorId: String(row['author_id']),
    at: Number(row['at']),
    body: JSON.parse(String(row['body'])) as MessageRecord['body'],
  };
}

export function infoFrom(row: Row): ConversationRecord {
  return { ...(JSON.parse(String(row['body'])) as ConversationRecord), rev: Number(row['rev']) };
}

export function memberFrom(row: Row): MemberRecord {
  const body = JSON.parse(String(row['body'])) as Omit<MemberRecord, 'userId' | 'rev'>;
  return { ...body, userId: String(row['user_id']), rev: Number(row['rev']) };
}

export function feedEntryFrom(row: Row): FeedEntry {
  const place = { rev: Number(row['rev']), key: String(row['key']) };
  const body = row['body'];
  if (typeof body === 'string') return { ...(JSON.parse(body) as object), ...place, kind: row['kind'] } as FeedEntry;
  return { ...place, kind: 'tombstone', of: row['kind'] } as FeedEntry;
}

/** The columns an entry is stored in; a tombstone takes the place of what it is of. */
export function feedColumnsOf(entry: FeedEntryBody): { kind: string; key: string; body: string | null } {
  if (entry.kind === 'tombstone') return { kind: entry.of, key: entry.key, body: null };
  const { kind, key, ...rest } = entry;
  return { kind, key, body: JSON.stringify({ ...rest, rev: undefined }) };
}
