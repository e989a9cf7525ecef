import type { ReceivedMessage } from '@parley/shared/contract/entities/message.ts';
import type { ConversationInfo, Markers, Member } from '@parley/shared/contract/entities/conversation.ts';
import type { FeedEntry } from '@parley/shared/contract/entities/feed.ts';
import type { Profile } from '@parley/shared/contract/entities/profile.ts';

/** A stretch of seqs this device does not hold, both ends inside. */
export interface Hole {
  fromSeq: number;
  toSeq: number;
}

/** After a leap: changes of messages at or below `throughSeq`, above `afterRev` and up to `throughRev`, are still to be fetched. */
export interface Backfill {
  afterRev: number;
  throughRev: number;
  throughSeq: number;
}

/** What the device knows of one conversation, beside its messages. */
export interface StoredConversation {
  conversationId: string;
  /** The cursor: everything up to this rev is here, but for `holes` and `backfill`. */
  rev: number;
  changeId: string;
  mrev: number;
  /** The highest seq held. */
  seq: number;
  /** Lowest first, apart from each other. */
  holes: Hole[];
  backfill?: Backfill;
  info?: ConversationInfo;
  members: Member[];
  markers: Markers[];
  /** The message with the highest seq. */
  lastMessage?: ReceivedMessage;
  /**
   * What is held is of a history the server no longer has: it is shown, nothing is laid over it, and the server's next answer takes its
   * place. `isOffered`: own messages the server may lack are in the outbox, or have been.
   */
  outdated?: { isOffered: boolean };
  /**
   * Derived, so that a start need not read messages: unread among those held above `readSeq`, at most 100, and how many of them call
   * the person here by name (missing: none).
   */
  unread: { readSeq: number; count: number; mentions?: number };
}

/** What this device says of itself in one account. */
export interface StoredAccount {
  userId: string;
  /** Minted once for this device; outlives its sessions. */
  deviceId: string;
  email: string;
  name: string;
  profileVersion: number;
  serverAddress: string;
  serverId: string;
  epoch: string;
  /** The account feed's cursor. */
  feedRev: number;
  /** The feed's entries are of a history the server no longer has: a snapshot takes their place. */
  isFeedOutdated?: boolean;
  /** This device once had everything the server had: what comes later is new to it. */
  hasCaughtUp?: boolean;
}

/**
 * What the person has typed here. `baseVersion`: the server's version it was written over; `isDirty`: the server lacks it; `told`: texts
 * that were told, newest last, and never answered: what the server has may be one of them. `asked`: the last of these intents, which
 * keeps its id until it is answered.
 */
export interface StoredDraft {
  conversationId: string;
  text: string;
  baseVersion: number;
  isDirty: boolean;
  told?: string[];
  asked?: { id: string; text: string; baseVersion: number };
}

/** The farthest this device got; the server is told again until its markers are as far. `told`: the person here was told of everything up to it. */
export interface StoredMarker {
  conversationId: string;
  delivered: number;
  read: number;
  told?: number;
}

/** An intent on its way. `body` is the operation's input. */
export interface StoredIntent {
  id: string;
  /** The order in which intents of one conversation were made. */
  order: number;
  operation: 'sendMessage' | 'createGroup';
  conversationId: string;
  body: unknown;
  /** This device's clock when the person acted. */
  at: number;
  /** A refusal that is final; it waits for the person. */
  refusal?: string;
  /** The server had it once, and may have lost it with what it referred to. */
  isOfferedAgain?: boolean;
}

/** Every kind of record, with the key it is kept under. */
export interface LocalTables {
  account: { key: 'account'; value: StoredAccount };
  feed: { key: string; value: FeedEntry };
  conversations: { key: string; value: StoredConversation };
  profiles: { key: string; value: Profile };
  drafts: { key: string; value: StoredDraft };
  markers: { key: string; value: StoredMarker };
  outbox: { key: string; value: StoredIntent };
}
export type LocalTable = keyof LocalTables;

/** One write of a batch. Messages are kept by (conversation, seq). */
export type LocalWrite =
  | { [T in LocalTable]: { table: T; key: string; value: LocalTables[T]['value'] | null } }[LocalTable]
  | { table: 'messages'; conversationId: string; message: ReceivedMessage }
  /** Forgets all messages of one conversation. */
  | { table: 'messages'; conversationId: string; message: null };

/**
 * What one account keeps on one device. What is handed in and out are copies. Nothing of a person is readable at rest without the
 * device's key.
 */
export interface LocalStore {
  /** All records of a table, in no particular order. */
  readAll<T extends LocalTable>(table: T): Promise<LocalTables[T]['value'][]>;
  /** At most `limit` messages with `fromSeq` <= seq <= `toSeq`, in the order of seq: the lowest, or (`newest`) the highest. */
  readMessages(range: {
    conversationId: string;
    fromSeq: number;
    toSeq: number;
    limit: number;
    take: 'oldest' | 'newest';
  }): Promise<ReceivedMessage[]>;
  /** Those among `messageIds` that are held. */
  findMessages(conversationId: string, messageIds: readonly string[]): Promise<ReceivedMessage[]>;
  /** All or nothing, durable when it resolves; batches take effect in the order they were handed in. Rejects without having changed anything. */
  write(batch: readonly LocalWrite[]): Promise<void>;
  /** Finishes what was handed in, then closes. */
  close(): Promise<void>;
  /** Closes and forgets everything. */
  erase(): Promise<void>;
}

/** The device's accounts and their stores. */
export interface LocalStorePort {
  /** `memory`: nothing survives this run. */
  readonly kind: 'kept' | 'memory';
  /** Names of the accounts that have a store here. */
  list(): Promise<string[]>;
  /** Opens an account's store, making it if need be. One at a time for each account. */
  open(accountKey: string): Promise<LocalStore>;
}
