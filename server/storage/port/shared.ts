import type { HeadRecord, MemberRecord } from './records.ts';

/** A process that serves the data. */
export interface ServingProcess {
  processId: string;
  /** It takes for granted that there is no other. */
  isAlone: boolean;
  /** Grows for as long as the process lives. */
  beat: number;
}

/** What is asked of a storage only where several processes serve it at once. */
export interface SharedReader {
  /**
   * An account's membership in each of these conversations, with a head at or above which it holds: neither is older than the call.
   * Conversations it never was in are left out.
   */
  readMemberships(
    userId: string,
    conversationIds: readonly string[],
  ): Promise<Map<string, { head: HeadRecord; member: MemberRecord }>>;
  /** The revs of these accounts' feeds; those that are empty are left out. */
  readFeedRevs(userIds: readonly string[]): Promise<Map<string, number>>;
  /** Of these sessions, those that are neither revoked nor gone. */
  filterActiveSessions(sessionIds: readonly string[]): Promise<string[]>;
}

/** Who serves the data. Everybody writes into it that they still do; nobody's clock is compared with another's. */
export interface ServingRegistry {
  /** Writes this process down, and answers whether it still was, and who else is. */
  report(mine: ServingProcess): Promise<{ wasThere: boolean; others: ServingProcess[] }>;
  /** It serves no longer, or somebody has seen that it does not. */
  remove(processId: string): Promise<void>;
}

/** What a storage has beside, that any number of processes may serve at once. */
export interface SharedStorage {
  reader: SharedReader;
  registry: ServingRegistry;
}
