import type { AccountRecord, IntentRecord, SessionRecord } from './records.ts';

export interface AccountReader {
  /** By address, without regard to case and outer space (compared in Unicode's form C, in lower case, trimmed). */
  findByEmail(email: string): Promise<AccountRecord | null>;
  /** Those that exist, in no particular order. */
  readAccounts(userIds: readonly string[]): Promise<AccountRecord[]>;
}

export interface AccountWriter {
  /** Of any number of accounts with one address exactly one is `created`; the same account again gets the same answer. */
  create(account: AccountRecord): Promise<'created' | 'email-taken'>;
  /** The next version of a profile and the intent behind it, in one step. `moved-on`: the version is not `expectedVersion`; `repeated` as of a feed. */
  updateProfile(change: {
    userId: string;
    expectedVersion: number;
    name: string;
    intent: IntentRecord;
    at: number;
  }): Promise<'committed' | 'moved-on' | 'repeated'>;
  /** Replaces the hash of a password. */
  setPasswordHash(userId: string, passwordHash: string): Promise<void>;
  /** Only ever moves forward. */
  touchLastSeen(userId: string, at: number): Promise<void>;
}

export type AccountStore = AccountReader & AccountWriter;

export interface SessionStore {
  /** Twice is once: a session that exists stays as it is. */
  create(session: SessionRecord): Promise<void>;
  /** Revoked ones too; `null`: never existed, or purged. */
  read(sessionId: string): Promise<SessionRecord | null>;
  /** Not revoked, newest first. */
  listActive(userId: string): Promise<SessionRecord[]>;
  /** Takes the next generation if the session is at `expectedGeneration` and not revoked; of any number of callers one is answered true. */
  rotate(rotation: { sessionId: string; expectedGeneration: number; at: number }): Promise<boolean>;
  /** Only ever moves `lastSeenAt` forward. */
  touch(sessionId: string, at: number): Promise<void>;
  /** True for the call that revoked it. */
  revoke(sessionId: string, at: number): Promise<boolean>;
  /** All active sessions of the account but `exceptSessionId`; answers those it revoked. */
  revokeAll(userId: string, at: number, exceptSessionId?: string): Promise<string[]>;
}

/** Counts of tries that outlive a restart. `key` never holds an address or a name in the clear: the domain hashes it. */
export interface ThrottleStore {
  /** Adds one try and answers how many fall into the window that began with the first; the window ends `windowMs` after that. */
  add(key: string, windowMs: number, at: number): Promise<{ tries: number; endsAt: number }>;
  read(key: string, at: number): Promise<{ tries: number; endsAt: number } | null>;
  clear(key: string): Promise<void>;
}
