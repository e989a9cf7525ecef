import type {
  ConversationRecord,
  ConversationState,
  FeedEntry,
  FeedEntryBody,
  HeadRecord,
  IntentRecord,
  Markers,
  MemberRecord,
  MessageRecord,
  VisibleRange,
} from './records.ts';

/**
 * The one way anything with a rev is written. The domain has validated against the state at `expectedRev`; nothing of a batch is
 * visible to any reader before all of it is, and nothing is visible unless the batch is committed. Durable when the promise resolves (D12).
 */
export interface ConversationCommit {
  conversationId: string;
  /** The rev the decision was made at; 0: the conversation does not exist yet, and `info` is given. */
  expectedRev: number;
  /** Where the head goes. `rev` = `expectedRev` + the number of changes, `seq` grows by the number of new messages. */
  head: { rev: number; seq: number; changeId: string };
  info?: ConversationRecord;
  members: MemberRecord[];
  /** New messages (`rev` = `sentRev`, each a rev of its own that grows with its seq) and new versions of old ones. A stored record with the same or a higher rev stays as it is. */
  messages: MessageRecord[];
  /** What follows for accounts, in the same step: each entry replaces the one of its kind and key, at the next rev of that account. */
  effects: AccountEffect[];
  /** Intents that bring no message, recorded in the same step. When they may be forgotten is counted from `at`, the server's clock. */
  recorded?: { intents: IntentRecord[]; at: number };
  /** From here on markers are shared that were not: `mrev` takes the next number in the same step, so that every device asks for them. */
  sharesMarkers?: true;
}

/** `sourceRev`, the conversation's rev behind it, makes applying it twice harmless: an entry made by the same or a later one stays. */
export interface AccountEffect {
  userId: string;
  /** Never a tombstone: those come from the account itself, with the time they may be forgotten from. */
  entry: Exclude<FeedEntryBody, { kind: 'tombstone' }>;
  sourceRev: number;
}

/** An account's feed went from `afterRev` to `rev` by these entries. */
export interface FeedAdvance {
  userId: string;
  afterRev: number;
  rev: number;
  entries: FeedEntry[];
}

/**
 * - `moved-on`: the head's rev is not `expectedRev`. Nothing was written; read again and decide again.
 * - `repeated`: these ids, of new messages (`sentRev` = `rev`) or of `recorded` intents, are recorded already: as a message of any
 *   conversation, or as an intent without one. Nothing was written. Where both hold, either may be answered.
 */
export type CommitOutcome =
  | { kind: 'committed'; advances: FeedAdvance[] }
  | { kind: 'moved-on' }
  | { kind: 'repeated'; intentIds: string[] };

export interface MarkerMove {
  userId: string;
  delivered?: number;
  read?: number;
}

/** The markers that really moved; where none did, `mrev` = `afterMrev` and both lists are empty. */
export interface MarkersMoved {
  afterMrev: number;
  mrev: number;
  markers: Markers[];
  /** For every read marker that moved: the `marker` entry in that account's feed. */
  advances: FeedAdvance[];
}

export interface MessagePage {
  /** The head's rev when the page was read. */
  atRev: number;
  /** In the order of seq. */
  messages: MessageRecord[];
  /** Whether the ranges hold more beyond the page in the direction asked. */
  hasMore: boolean;
}

export interface RecordChanges {
  head: HeadRecord;
  info?: ConversationRecord;
  members: MemberRecord[];
  /** In the order of rev. May be fewer than `limit`, even none, where there is more. */
  messages: MessageRecord[];
  /** Everything above `afterRev` up to this rev is among the records. */
  throughRev: number;
  /** Ask again from `throughRev`: there may be something above it (and not above the asked `throughRev`). It is then always above `afterRev`. */
  more: boolean;
}

/** Reads only. Every answer is one consistent view; a record's head is read before the record or with it, never after. */
export interface ConversationReader {
  /** `null`: no such conversation. */
  readState(conversationId: string): Promise<ConversationState | null>;
  /** Heads of those that exist. */
  readHeads(conversationIds: readonly string[]): Promise<Map<string, HeadRecord>>;
  /**
   * At most `limit` messages inside `ranges`: the newest below `before`, or the oldest above `after`, or (neither given) the newest.
   * Clamped in the query; at most `limit` + 2 rows are examined per range. Ranges are disjoint, oldest first. A conversation that does
   * not exist has no messages.
   */
  readPage(page: {
    conversationId: string;
    ranges: readonly VisibleRange[];
    before?: number;
    after?: number;
    limit: number;
  }): Promise<MessagePage>;
  /**
   * Records whose rev lies above `afterRev` (and at or below `throughRev`, where given), at most `limit` messages and all infos and members
   * up to the rev of the last of them. With `throughSeq` only messages at or below it; infos and members are left out then. A
   * conversation that does not exist has a head of zeros and no records.
   */
  readChanges(changes: {
    conversationId: string;
    afterRev: number;
    throughRev?: number;
    throughSeq?: number;
    limit: number;
  }): Promise<RecordChanges>;
  /** By id, wherever it is. `null`: no such message. */
  findMessage(messageId: string): Promise<{ conversationId: string; message: MessageRecord } | null>;
  /** Every member's markers that ever moved. */
  readMarkers(conversationId: string): Promise<{ mrev: number; markers: Markers[] }>;
  /** Of `candidateIds`, those who share or shared a conversation with `userId`. */
  filterAcquainted(userId: string, candidateIds: readonly string[]): Promise<string[]>;
}

export interface ConversationWriter {
  /**
   * Calls `decide` once, as late as a commit that it makes before it returns still goes out with the next ones: whatever comes until then can
   * share that commit. Also where the storage is closed.
   */
  beforeNext(decide: () => void): void;
  commit(commit: ConversationCommit): Promise<CommitOutcome>;
  /**
   * Moves markers up, never down, in one step with the `marker` entries of the accounts whose read marker moved. `mrev` takes the next
   * number if any moved and `isShared`: one for the call, however many moved. Twice is once. The conversation exists.
   */
  moveMarkers(moves: {
    conversationId: string;
    moves: readonly MarkerMove[];
    isShared: boolean;
  }): Promise<MarkersMoved>;
}

export type ConversationStore = ConversationReader & ConversationWriter;
