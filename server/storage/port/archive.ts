import type { Markers } from '@parley/shared/contract/entities/conversation.ts';
import type {
  AccountRecord,
  ConversationRecord,
  FeedEntry,
  HeadRecord,
  IntentRecord,
  MemberRecord,
  MessageRecord,
  SessionRecord,
} from './records.ts';

/** Everything a server keeps, as records that mean the same in every storage. */
export interface ArchiveRecords {
  account: AccountRecord;
  session: SessionRecord;
  conversation: { conversationId: string; head: HeadRecord; info: ConversationRecord };
  member: MemberRecord & { conversationId: string };
  message: MessageRecord & { conversationId: string };
  marker: Markers & { conversationId: string };
  feed: { userId: string; rev: number; purgedRev: number };
  /** `sourceRev` 0: none, or one that the entry itself tells. */
  entry: { userId: string; entry: FeedEntry; at: number; sourceRev: number };
  intent: IntentRecord & { at: number };
  throttle: { key: string; tries: number; endsAt: number };
}

export type ArchiveKind = keyof ArchiveRecords;
export type ArchiveRecord = ArchiveRecords[ArchiveKind];

export const archiveKinds = [
  'account',
  'session',
  'conversation',
  'member',
  'message',
  'marker',
  'feed',
  'entry',
  'intent',
  'throttle',
] as const satisfies readonly ArchiveKind[];

/** Behind the last record that was read: the key of that record, in its storage's own terms. */
export type ArchiveCursor = readonly (string | number)[];

/** A storage that nobody serves meanwhile, read as a whole. */
export interface ArchiveSource {
  identity: { serverId: string; epoch: string };
  count(kind: ArchiveKind): Promise<number>;
  /** The next records in the order of their keys; none: that were all. */
  read<K extends ArchiveKind>(
    kind: K,
    after: ArchiveCursor | undefined,
    limit: number,
  ): Promise<{ records: ArchiveRecords[K][]; last: ArchiveCursor | undefined }>;
  close(): Promise<void>;
}

/** Behind what has been written for good. */
export interface ArchiveProgress {
  kind: ArchiveKind;
  after?: ArchiveCursor;
}

/** A storage that is being filled, and that nobody can serve before it is. */
export interface ArchiveTarget {
  /** Where an interrupted copy goes on. */
  progress: ArchiveProgress | undefined;
  /** Twice is once. */
  write<K extends ArchiveKind>(kind: K, records: readonly ArchiveRecords[K][]): Promise<void>;
  keepProgress(progress: ArchiveProgress): Promise<void>;
  count(kind: ArchiveKind): Promise<number>;
  /** What is stored in the place of each, in their order; `undefined`: nothing. */
  readSame<K extends ArchiveKind>(
    kind: K,
    records: readonly ArchiveRecords[K][],
  ): Promise<(ArchiveRecords[K] | undefined)[]>;
  /** As if nothing had been written: the next copy begins anew. */
  clear(): Promise<void>;
  /** From now on it can be served. */
  finish(): Promise<void>;
  close(): Promise<void>;
}
