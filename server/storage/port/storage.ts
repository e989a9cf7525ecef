import type { AccountStore, SessionStore, ThrottleStore } from './accounts.ts';
import type { ConversationStore } from './conversations.ts';
import type { FeedStore } from './feeds.ts';
import type { SharedStorage } from './shared.ts';

/** Everything a server keeps. Whoever opens it closes it. */
export interface Storage {
  conversations: ConversationStore;
  feeds: FeedStore;
  accounts: AccountStore;
  sessions: SessionStore;
  throttles: ThrottleStore;
  /** Missing where one process has the data to itself. */
  shared?: SharedStorage;
  /** Who the server is: made with the data and moving with it. */
  identity: { serverId: string; epoch: string };
  /** The data was restored from a backup: `identity` has this epoch when it is opened again. */
  renewEpoch(epoch: string): Promise<void>;
  /** Resolves if reading and writing work. */
  check(): Promise<void>;
  /**
   * Brings all that is kept under `key`, 32 bytes, and serves meanwhile; calls may take longer. When it resolves the data opens with `key`
   * only. Interrupted, it opens with the former or with both, and goes on where this is called again.
   */
  changeKey(key: Uint8Array): Promise<void>;
  /** Finishes what was accepted, then closes. */
  close(): Promise<void>;
}

/**
 * The storage cannot serve now: the disk is full or failing, the connection is lost, or it is closing. The outcome of the call is
 * unknown unless `wasWritten` says otherwise; asking again with the same ids is always safe.
 */
export class StorageUnavailable extends Error {
  readonly wasWritten: false | undefined;

  constructor(message: string, options: { cause?: unknown; wasWritten?: false } = {}) {
    super(message, { cause: options.cause });
    this.name = 'StorageUnavailable';
    this.wasWritten = options.wasWritten;
  }
}
