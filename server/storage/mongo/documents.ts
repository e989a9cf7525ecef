import type { ArchiveProgress } from '../port/archive.ts';
import type { WrappedKeys } from './sealing/key-set.ts';

/**
 * What the collections hold. Every `_id` is made of ids of ours. Of what people write only sealed bytes are kept; numbers, states that
 * queries need and ids of conversations, accounts and messages are plain.
 *
 * A head decides about its records. Its `step` goes up by one with every commit; `pending` is what the commit at this step wrote, not yet
 * or no longer needed in the collections. A record carries the step of its head that wrote it last, and is replaced by later steps only.
 */
export interface HeadDocument {
  _id: string;
  step: number;
  /** Of the commit that led to this step: tells a writer whose answer was lost that it was its own. */
  token: string;
  /** While there is something pending; absent otherwise, so that its index holds only these. */
  isOpen?: boolean;
  pending?: Operation[];
}

export interface ConversationDocument extends HeadDocument {
  rev: number;
  seq: number;
  changeId: string;
  mrev: number;
  /** The rev of the last commit that may have changed a record that was there before. */
  editRev: number;
  infoRev: number;
  info: Uint8Array;
}

/** The head of an account's feed. */
export interface FeedDocument extends HeadDocument {
  rev: number;
  /** The highest rev of a tombstone that was purged. */
  purgedRev: number;
}

export interface AccountDocument extends HeadDocument {
  createdAt: number;
  profileVersion: number;
  lastSeenAt?: number;
  /** Address and name. */
  profile: Uint8Array;
  passwordHash: Uint8Array;
}

/** Whose an address is; `_id` is its lookup. The head under which the account is made. */
export interface AddressDocument extends HeadDocument {
  user: string;
}

interface RecordDocument {
  _id: string;
  step: number;
}

/**
 * What was done, by the id of its intent, once whatever it was: a message of a conversation, or an answer. Step 0: only claimed, so that
 * no other head takes the id.
 */
export interface IntentDocument extends RecordDocument {
  /** The head it is told under. */
  head: 'conversations' | 'feeds' | 'accounts';
  owner: string;
  /** Of a message. */
  seq?: number;
  rev?: number;
  /** Of an answer: may be forgotten, counted from `at`. */
  isAnswer?: boolean;
  at?: number;
  sealed?: Uint8Array;
}

export interface MemberDocument extends RecordDocument {
  conversation: string;
  user: string;
  rev: number;
  sealed: Uint8Array;
}

export interface MarkerDocument extends RecordDocument {
  conversation: string;
  user: string;
  delivered: number;
  read: number;
}

export interface FeedEntryDocument extends RecordDocument {
  user: string;
  kind: string;
  key: string;
  rev: number;
  at: number;
  /** The conversation's rev behind it; of a `marker`, what was read up to. */
  sourceRev?: number;
  isDeleted: boolean;
  sealed: Uint8Array | null;
}

export interface SessionDocument {
  _id: string;
  user: string;
  createdAt: number;
  lastSeenAt: number;
  generation: number;
  rotatedAt: number;
  revokedAt?: number;
  isActive?: boolean;
  sealed: Uint8Array;
}

export interface ProcessDocument {
  _id: string;
  beat: number;
  isAlone: boolean;
}

export interface ThrottleDocument {
  _id: string;
  tries: number;
  endsAt: number;
}

export interface ServerDocument {
  _id: 'server';
  version: number;
  serverId: string;
  epoch: string;
  /** Once for each key that opens the database. */
  keys: WrappedKeys[];
  /** Goes up by one whenever `keys` change. */
  keysStep: number;
  /** While the data is being copied here: how far that is. Nobody serves it meanwhile. */
  copying?: Partial<ArchiveProgress>;
  /** Of secrets that the data is worth nothing without, by name. */
  prints?: Record<string, string>;
}

/** A record as it is to be: applied where the stored one is of an earlier step. A claimed one is never inserted. */
export interface Put {
  in: 'intents' | 'members' | 'markers' | 'feedEntries' | 'accounts';
  id: string;
  set: Readonly<Record<string, unknown>>;
  isClaimed?: boolean;
}

/** An entry to come into an account's feed, at the feed's next rev. */
export interface Effect {
  in: 'feeds';
  /** Whose. */
  id: string;
  kind: string;
  key: string;
  sourceRev: number;
  sealed: Uint8Array;
}

export type Operation = Put | Effect;
