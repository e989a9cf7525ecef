import type { NoticeChoice } from '@parley/shared/contract/entities/feed.ts';
import type { ErrorCode } from '@parley/shared/contract/errors.ts';
import type { Presence } from '@parley/shared/contract/entities/presence.ts';
import type { SystemEvent } from '@parley/shared/contract/entities/message.ts';

/** Names an account on this device: server and user. Everything below is kept apart by it. */
export type AccountKey = string;

/** What the app as a whole is doing. */
export type AppView =
  | { phase: 'starting' }
  /** Another tab of this browser profile holds the engine; `useHere` takes it over. */
  | { phase: 'elsewhere' }
  | {
      phase: 'ready';
      accounts: AccountKey[];
      /** `memory`: nothing survives closing, because this place offers no safe storage; the person is told. */
      storage: 'kept' | 'memory';
      /** The address is fixed (the browser build: the page's own server), or is asked for; `suggested` is one to begin with. */
      server: { kind: 'fixed' } | { kind: 'ask'; suggested?: string };
    };

/** How near this device is to what its server has. Times are milliseconds since 1970 on this device. */
export type ConnectionView =
  /** Everything is here, checked at `asOf`. */
  | { kind: 'current'; asOf: number }
  | { kind: 'catching-up'; done: number; total: number }
  /** Last confirmed more than a minute ago; asking. `asOf` is missing before the first confirmation. */
  | { kind: 'checking'; asOf?: number }
  /** This device has no network. */
  | { kind: 'offline'; since: number }
  /** The server does not answer; tried again at `retryAt`. */
  | { kind: 'no-answer'; retryAt: number }
  | { kind: 'signed-out' }
  | { kind: 'update-needed'; which: 'client' | 'server' };

/** The person who is signed in, and how the account stands. */
export interface AccountView {
  userId: string;
  name: string;
  email: string;
  serverAddress: string;
  connection: ConnectionView;
  /** Messages and other intents that have not reached the server. */
  waiting: number;
  limits: { messageMaxChars: number; maxGroupMembers: number };
}

/** Somebody this account has to do with. */
export interface PersonView {
  userId: string;
  /** The name to show: the account's own name for them, otherwise the one they chose. */
  name: string;
  /** The name they chose. */
  ownName: string;
  contact?: { email: string; alias?: string };
  /** The conversation with just them; it may not exist yet. Missing where it is not known. */
  directConversationId?: string;
}

/** How far an own message has come. In a group `delivered` and `read` mean everybody. */
export type DeliveryState = 'waiting' | 'sent' | 'delivered' | 'read' | 'failed';

export interface MessageView {
  id: string;
  conversationId: string;
  /** Missing while it waits: the server has not placed it. */
  seq?: number;
  /** Where it stands on screen: ascending; unique in its conversation. */
  order: number;
  /** The server's time, or this device's while it waits. For showing, never for ordering. */
  at: number;
  /** Missing only for `stub` and `unknown`. */
  authorId?: string;
  isMine: boolean;
  content:
    | { kind: 'text'; text: string; replyTo?: ReplyView }
    | { kind: 'system'; event: SystemEvent }
    | { kind: 'scrubbed' }
    | { kind: 'stub' }
    | { kind: 'unknown' };
  /** Own messages by a person only. */
  delivery?: DeliveryState;
  /** With `failed`: why. */
  failure?: ErrorCode;
}

/** The message answered to, as it is now; `text` and `authorId` are missing while it is not on this device. */
export interface ReplyView {
  id: string;
  authorId?: string;
  text?: string;
}

export interface ConversationView {
  id: string;
  kind: 'direct' | 'group';
  /** What to call it: the title, or the other person's name. */
  title: string;
  /** Direct ones: the other person. */
  peerId?: string;
  /** `new`: not on the server yet; it comes to be with its first message (or, a group, when its creation gets through). */
  state: 'in' | 'left' | 'removed' | 'new';
  /** With `removed`: who did it. */
  removedBy?: string;
  /** With `new`, a group whose creation was refused for good. */
  failure?: ErrorCode;
  lastMessage?: MessageView;
  /** Something written here was refused and waits for its person to decide. */
  hasNotSent: boolean;
  /** 0 to 100; 100 means more than 99. */
  unread: number;
  /** How many of them call this account's person by name. */
  mentions: number;
  /** Whose messages they want to hear of here; missing: as this device has it for all conversations. */
  notify?: NoticeChoice;
  /** Milliseconds since 1970; in the past: not muted. */
  mutedUntil: number;
  /** Everything up to here is read. */
  readSeq: number;
  /** What is typed and not sent; missing: nothing. */
  draft?: string;
  /** For sorting the list, newest first: when something last happened. Missing: nothing has yet, and it stands on top. */
  activeAt?: number;
  memberCount: number;
  /** May this account write here. */
  canWrite: boolean;
  /** May this account remove people. */
  isOwner: boolean;
}

export interface MemberView {
  userId: string;
  role: 'owner' | 'member';
}

/**
 * The stretch of a conversation that is in the `messages` collection, without holes between its ends.
 * `more`: there is more, on this device or from the server; `gap`: the next ones, `olderGapCount` of them, are not on this device, and there
 * is no connection to fetch them over.
 */
export interface ThreadView {
  conversationId: string;
  state: 'loading' | 'ready';
  older: 'more' | 'gap' | 'none';
  olderGapCount?: number;
  newer: 'more' | 'gap' | 'none';
  /** Where "New since" stands: before the first message above this seq. Set when the thread opens; stays while it is open. */
  dividerAfterSeq?: number;
  /** When the last message before the divider was sent, where it is on this device. */
  dividerAt?: number;
  /** Set by a jump: show this message, ringed. Changes with every jump. */
  focus?: { messageId: string; nonce: number };
}

/** The sharable state of an account: collections of values by key. */
export interface Collections {
  /** One value, under the key `me`. */
  account: AccountView;
  /** By user id. */
  people: PersonView;
  /** By user id; people never asked about are missing. */
  presence: Presence;
  /** By conversation id. */
  conversations: ConversationView;
  /** By conversation id: those who are in. Only while its thread is open. */
  members: MemberView[];
  /** By conversation id; only open threads. */
  threads: ThreadView;
  /** By `conversationId/messageId`; only those in an open thread's stretch. */
  messages: MessageView;
  /** By conversation id: what another device last left in the composer, with a number that grows when it should replace what stands there. */
  drafts: { text: string; version: number };
  /** By conversation id: user ids of those typing now. */
  typing: string[];
}
export type CollectionName = keyof Collections;

/** One value set, or removed (`value: null`). */
export type Change = {
  [C in CollectionName]: { account: AccountKey; collection: C; key: string; value: Collections[C] | null };
}[CollectionName];

/** Everything, as of `revision`. */
export interface Snapshot {
  revision: number;
  app: AppView;
  changes: Change[];
}

/** Applied in the order of `revision`, without holes; after a hole the reader takes a new snapshot. */
export interface ChangeBatch {
  revision: number;
  app?: AppView;
  changes: Change[];
}
