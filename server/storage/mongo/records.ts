import type {
  ConversationRecord,
  FeedEntry,
  FeedEntryBody,
  HeadRecord,
  IntentRecord,
  MemberRecord,
  MessageRecord,
} from '../port/records.ts';
import type {
  ConversationDocument,
  Effect,
  FeedEntryDocument,
  IntentDocument,
  MemberDocument,
  Put,
} from './documents.ts';
import type { KeyRing } from './sealing/key-ring.ts';

const at = (collection: string, id: string) => `${collection}|sealed|${id}`;

export const memberIdOf = (conversationId: string, userId: string) => `${conversationId}|${userId}`;
export const feedEntryIdOf = (userId: string, kind: string, key: string) => `${userId}|${kind}|${key}`;

export function headRecordOf({ rev, seq, changeId, mrev }: ConversationDocument): HeadRecord {
  return { rev, seq, changeId, mrev };
}

export function messagePut(ring: KeyRing, { id, seq, rev, ...rest }: MessageRecord): Put {
  return { in: 'intents', id, isClaimed: true, set: { seq, rev, sealed: ring.seal(at('intents', id), rest) } };
}

/** `null`: the id is only claimed, or of another act. */
export function messageFrom(ring: KeyRing, { _id: id, seq, rev, sealed }: IntentDocument): MessageRecord | null {
  if (seq === undefined || rev === undefined || sealed === undefined) return null;
  return { id, seq, rev, ...ring.open<Omit<MessageRecord, 'id' | 'seq' | 'rev'>>(at('intents', id), sealed) };
}

export function answerPut(ring: KeyRing, { id, accountId, answer }: IntentRecord, answeredAt: number): Put {
  const sealed = ring.seal(at('intents', id), { accountId, answer: answer ?? null });
  return { in: 'intents', id, isClaimed: true, set: { isAnswer: true, at: answeredAt, sealed } };
}

/** `null`: the id is only claimed, or a message's. */
export function answerFrom(ring: KeyRing, { _id: id, isAnswer, sealed }: IntentDocument): IntentRecord | null {
  if (isAnswer !== true || sealed === undefined) return null;
  return { id, ...ring.open<Omit<IntentRecord, 'id'>>(at('intents', id), sealed) };
}

export function memberPut(ring: KeyRing, conversationId: string, { userId, rev, ...rest }: MemberRecord): Put {
  const id = memberIdOf(conversationId, userId);
  const sealed = ring.seal(at('members', id), rest);
  return { in: 'members', id, set: { conversation: conversationId, user: userId, rev, sealed } };
}

export function memberFrom(ring: KeyRing, { _id: id, user, rev, sealed }: MemberDocument): MemberRecord {
  return { userId: user, rev, ...ring.open<Omit<MemberRecord, 'userId' | 'rev'>>(at('members', id), sealed) };
}

export function sealInfo(ring: KeyRing, conversationId: string, info: ConversationRecord): Uint8Array {
  return ring.seal(`conversations|info|${conversationId}`, info);
}

export function infoFrom(ring: KeyRing, conversationId: string, info: Uint8Array): ConversationRecord {
  return ring.open<ConversationRecord>(`conversations|info|${conversationId}`, info);
}

/** The kind an entry is stored as: a tombstone takes the place of what it is of. */
const storedKindOf = (entry: FeedEntryBody) => (entry.kind === 'tombstone' ? entry.of : entry.kind);

function sealEntry(ring: KeyRing, id: string, entry: FeedEntryBody): Uint8Array | null {
  if (entry.kind === 'tombstone') return null;
  const { kind: _kind, key: _key, ...rest } = entry;
  return ring.seal(at('feedEntries', id), { ...rest, rev: undefined });
}

export function feedEntryPut(ring: KeyRing, userId: string, entry: FeedEntry, entryAt: number): Put {
  const kind = storedKindOf(entry);
  const id = feedEntryIdOf(userId, kind, entry.key);
  const sealed = sealEntry(ring, id, entry);
  const place = { user: userId, kind, key: entry.key, rev: entry.rev };
  return { in: 'feedEntries', id, set: { ...place, at: entryAt, isDeleted: sealed === null, sealed } };
}

export function effectOf(ring: KeyRing, userId: string, entry: FeedEntryBody, sourceRev: number): Effect {
  const kind = storedKindOf(entry);
  const sealed = sealEntry(ring, feedEntryIdOf(userId, kind, entry.key), entry);
  if (sealed === null) throw new Error('A tombstone comes from the account itself');
  // How far somebody has read orders markers by itself: those that are moved know of no rev.
  const order = entry.kind === 'marker' ? entry.read : sourceRev;
  return { in: 'feeds', id: userId, kind, key: entry.key, sourceRev: order, sealed };
}

export function effectPut({ id: userId, kind, key, sourceRev, sealed }: Effect, rev: number): Put {
  const set = { user: userId, kind, key, rev, at: 0, isDeleted: false, sourceRev, sealed };
  return { in: 'feedEntries', id: feedEntryIdOf(userId, kind, key), set };
}

type StoredEntry = Pick<FeedEntryDocument, 'kind' | 'key' | 'rev' | 'sealed'>;

export function feedEntryFrom(ring: KeyRing, id: string, { kind, key, rev, sealed }: StoredEntry): FeedEntry {
  if (sealed === null) return { kind: 'tombstone', of: kind, key, rev } as FeedEntry;
  return { ...ring.open<object>(at('feedEntries', id), sealed), kind, key, rev } as FeedEntry;
}
