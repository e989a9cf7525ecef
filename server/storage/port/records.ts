import type { SystemEvent } from '@parley/shared/contract/entities/message.ts';
import type { Markers, VisibleRange } from '@parley/shared/contract/entities/conversation.ts';
import type { FeedEntry } from '@parley/shared/contract/entities/feed.ts';

export type { FeedEntry, Markers, VisibleRange };

/** Where a conversation stands: `rev` and `seq` are issued one by one and in a row, and never fall. */
export interface HeadRecord {
  rev: number;
  seq: number;
  /** Id of the last change. */
  changeId: string;
  /** Counts the moves of markers; apart from `rev`. */
  mrev: number;
}

export interface ConversationRecord {
  kind: 'direct' | 'group';
  title?: string;
  history: 'everything' | 'since-joining';
  createdAt: number;
  /** The conversation's rev of the last change of this record, as in every record below. */
  rev: number;
}

export interface MemberRecord {
  userId: string;
  role: 'owner' | 'member';
  state: 'in' | 'left' | 'removed';
  /** What the member may see, oldest first. */
  ranges: VisibleRange[];
  rev: number;
}

export type MessageBody =
  | { kind: 'text'; text: string; replyTo?: string }
  | { kind: 'system'; event: SystemEvent }
  | { kind: 'scrubbed' };

export interface MessageRecord {
  /** The id of the intent that made it: the message is its own record of that intent. */
  id: string;
  seq: number;
  rev: number;
  /** The rev it was made at, so that a retry of its intent gets the first answer. */
  sentRev: number;
  authorId: string;
  at: number;
  body: MessageBody;
}

/** One consistent view of everything a decision about a conversation needs. */
export interface ConversationState {
  conversationId: string;
  head: HeadRecord;
  info: ConversationRecord;
  /** Everyone who is or was in, in no particular order. */
  members: MemberRecord[];
}

/** A feed entry before the account's head has given it a rev. */
export type FeedEntryBody = FeedEntry extends infer E ? (E extends FeedEntry ? Omit<E, 'rev'> : never) : never;

export interface AccountRecord {
  userId: string;
  /** As typed. */
  email: string;
  passwordHash: string;
  name: string;
  profileVersion: number;
  createdAt: number;
  lastSeenAt?: number;
}

export interface SessionRecord {
  sessionId: string;
  userId: string;
  deviceId: string;
  deviceName: string;
  /** Where the device keeps its refresh token. */
  keeps: 'cookie' | 'token';
  createdAt: number;
  lastSeenAt: number;
  /** 256 random bits, base64url: with a key that is not in the database, the refresh tokens of this session derive from it. */
  seed: string;
  /** Counts the rotations of the refresh token; the token of this generation is the one that is good. */
  generation: number;
  rotatedAt: number;
  revokedAt?: number;
}

export interface IntentRecord {
  id: string;
  accountId: string;
  /** The first answer, JSON. */
  answer: unknown;
}
