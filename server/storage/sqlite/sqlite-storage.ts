import type { AccountStore, SessionStore, ThrottleStore } from '../port/accounts.ts';
import type { ConversationStore } from '../port/conversations.ts';
import type { FeedStore } from '../port/feeds.ts';
import type { Storage } from '../port/storage.ts';
import { flattenCommit } from './commit-codec.ts';
import { DatabaseLink } from './database-link.ts';

export interface SqliteStorageOptions {
  /** The database file; SQLite keeps its log beside it. Made, readable for its owner only, where it does not exist. */
  path: string;
  /** 32 random bytes: the key itself, nothing is derived from it. */
  key: Uint8Array;
  /** Who the server becomes if the database is new. */
  mint: { serverId: string; epoch: string };
  /** Stand for secrets that the data is worth nothing without, by name: kept with a new database, compared with any other. */
  prints?: Record<string, string>;
  /** Keeps `prints` in the place of others. */
  replacesPrints?: boolean;
  /** Makes none where there is none. */
  mustExist?: boolean;
  /** The database worker has died; every call is refused from then on. Start again. */
  onFatal?: (error: Error) => void;
  /** What is acknowledged does not go where it belongs, for another reason than the disk. It is kept, but somebody has to look. */
  onTrouble?: ((error: Error) => void) | undefined;
  /** For tests; see faults.ts. */
  faults?: { memory: Int32Array; onStopped(terminate: () => Promise<void>): void };
}

/** Rejects with `SqliteOpenError`. One process, and one storage in it, serves a file. */
export async function openSqliteStorage(options: SqliteStorageOptions): Promise<Storage> {
  if (options.key.length !== 32) throw new RangeError('The key of a database has 32 bytes');
  const { link, identity } = await DatabaseLink.open(
    {
      path: options.path,
      keyHex: Buffer.from(options.key).toString('hex'),
      mint: options.mint,
      prints: options.prints,
      replacesPrints: options.replacesPrints,
      mustExist: options.mustExist,
      faults: options.faults?.memory,
    },
    {
      onFatal: (error) => options.onFatal?.(error),
      onTrouble: (error) => options.onTrouble?.(error),
      onStopped: (terminate) => options.faults?.onStopped(terminate),
    },
  );
  return {
    conversations: conversationStore(link),
    feeds: feedStore(link),
    accounts: accountStore(link),
    sessions: sessionStore(link),
    throttles: throttleStore(link),
    identity,
    renewEpoch: (epoch) => link.call('renewEpoch', epoch),
    check: () => link.call('check', undefined as never),
    changeKey: (key) => link.call('changeKey', Buffer.from(key).toString('hex')),
    close: () => link.close(),
  };
}

function conversationStore(link: DatabaseLink): ConversationStore {
  return {
    commit: async (commit) => {
      const outcome = await link.call('conversations.commit', flattenCommit(commit));
      return outcome === 0 ? { kind: 'committed', advances: [] } : outcome;
    },
    beforeNext: (decide) => link.beforeNext(decide),
    moveMarkers: (moves) => link.call('conversations.moveMarkers', moves),
    readState: (conversationId) => link.call('conversations.readState', conversationId),
    readHeads: async (conversationIds) => new Map(await link.call('conversations.readHeads', conversationIds)),
    readPage: (page) => link.call('conversations.readPage', page),
    readChanges: (changes) => link.call('conversations.readChanges', changes),
    findMessage: (messageId) => link.call('conversations.findMessage', messageId),
    readMarkers: (conversationId) => link.call('conversations.readMarkers', conversationId),
    filterAcquainted: (userId, candidateIds) => link.call('conversations.filterAcquainted', { userId, candidateIds }),
  };
}

function feedStore(link: DatabaseLink): FeedStore {
  const purgedPerStep = 500;
  return {
    commit: (commit) => link.call('feeds.commit', commit),
    // In steps, so that what people do gets in between.
    purge: async (before) => {
      while (await link.call('feeds.purge', { before, limit: purgedPerStep }));
    },
    readRev: (userId) => link.call('feeds.readRev', userId),
    readPage: (page) => link.call('feeds.readPage', page),
    readEntries: (userId, kind) => link.call('feeds.readEntries', { userId, kind }) as Promise<never>,
    readEntry: (userId, kind, key) => link.call('feeds.readEntry', { userId, kind, key }) as Promise<never>,
    readLast: (userId, kind, key) => link.call('feeds.readLast', { userId, kind, key }) as Promise<never>,
    findIntent: (intentId) => link.call('feeds.findIntent', intentId),
    filterHavingContact: (contactId, userIds) => link.call('feeds.filterHavingContact', { contactId, userIds }),
  };
}

function accountStore(link: DatabaseLink): AccountStore {
  return {
    findByEmail: (email) => link.call('accounts.findByEmail', email),
    readAccounts: (userIds) => link.call('accounts.readAccounts', userIds),
    create: (account) => link.call('accounts.create', account),
    updateProfile: (change) => link.call('accounts.updateProfile', change),
    setPasswordHash: (userId, passwordHash) => link.call('accounts.setPasswordHash', { userId, passwordHash }),
    touchLastSeen: (userId, at) => link.call('accounts.touchLastSeen', { userId, at }),
  };
}

function sessionStore(link: DatabaseLink): SessionStore {
  return {
    create: (session) => link.call('sessions.create', session),
    read: (sessionId) => link.call('sessions.read', sessionId),
    listActive: (userId) => link.call('sessions.listActive', userId),
    rotate: (rotation) => link.call('sessions.rotate', rotation),
    touch: (sessionId, at) => link.call('sessions.touch', { sessionId, at }),
    revoke: (sessionId, at) => link.call('sessions.revoke', { sessionId, at }),
    revokeAll: (userId, at, exceptSessionId) => link.call('sessions.revokeAll', { userId, at, exceptSessionId }),
  };
}

function throttleStore(link: DatabaseLink): ThrottleStore {
  return {
    add: (key, windowMs, at) => link.call('throttles.add', { key, windowMs, at }),
    read: (key, at) => link.call('throttles.read', { key, at }),
    clear: (key) => link.call('throttles.clear', key),
  };
}
