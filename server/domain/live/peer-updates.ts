import type { Failure } from '@parley/shared/contract/reply.ts';
import type { SharedReader } from '../../storage/port/shared.ts';
import type { ConversationCache } from '../conversations/conversation-cache.ts';
import type { Log } from '../log.ts';
import type { AccountFollower } from './account-follower.ts';
import type { LiveChannel } from './channel.ts';
import type { ConversationFollower } from './conversation-follower.ts';
import { inPortions } from './in-portions.ts';
import type { LiveUpdates } from './live-updates.ts';
import type { LocalSockets } from './local-sockets.ts';
import type { Notice, NoticeKind, PeerListener } from './peers.ts';
import type { PresenceWatch } from './presence.ts';

const idsPerReading = 1_000;
const revoked: Failure = { code: 'session_revoked', message: 'This session is over' };

/** Lets the sockets of this process hear what happens in the others (D13), from them or else from the store. */
export class PeerUpdates implements PeerListener {
  readonly #shared: SharedReader;
  readonly #cache: ConversationCache;
  readonly #sockets: LocalSockets;
  readonly #channel: LiveChannel;
  readonly #conversations: ConversationFollower;
  readonly #accounts: AccountFollower;
  readonly #presence: PresenceWatch;
  readonly #live: LiveUpdates;
  readonly #log: Log;

  constructor(options: {
    shared: SharedReader;
    cache: ConversationCache;
    sockets: LocalSockets;
    channel: LiveChannel;
    conversations: ConversationFollower;
    accounts: AccountFollower;
    presence: PresenceWatch;
    live: LiveUpdates;
    log: Log;
  }) {
    this.#shared = options.shared;
    this.#cache = options.cache;
    this.#sockets = options.sockets;
    this.#channel = options.channel;
    this.#conversations = options.conversations;
    this.#accounts = options.accounts;
    this.#presence = options.presence;
    this.#live = options.live;
    this.#log = options.log;
  }

  concerns(kind: NoticeKind, about: string): boolean {
    switch (kind) {
      case 'changed':
        return this.#conversations.follows(about) || this.#cache.knows(about);
      case 'markersMoved':
      case 'typing':
        return this.#conversations.follows(about);
      case 'feedAdvanced':
        return this.#sockets.isOnline(about);
      default:
        return true;
    }
  }

  hear(notice: Notice, processId: string): void {
    switch (notice.kind) {
      case 'changed':
      case 'membersChanged':
        for (const change of notice.changes) this.#cache.follow(notice.about, change);
        return this.#conversations.heard(notice.about, notice.changes);
      case 'markersMoved':
        return this.#conversations.markersMoved(notice.about, notice.moved);
      case 'feedAdvanced':
        return this.#later(this.#accounts.heard(notice.advance), 'A feed of another process was not told');
      case 'profileChanged':
        return this.#later(this.#live.profileChanged(notice.profile), 'A profile of another process was not told');
      case 'sessionEnded':
        return this.#channel.endSession(notice.about, notice.failure);
      case 'typing':
        return this.#channel.tellConversation(notice.about, 'typingChanged', notice.payload);
      case 'came':
      case 'went':
        return this.#presence.moved(processId, notice.about, notice.kind === 'came');
      case 'roster':
        return this.#presence.replaceRoster(processId, notice.userIds);
    }
  }

  met(): void {
    this.#presence.tellRoster();
  }

  parted(processId: string): void {
    this.#presence.replaceRoster(processId, []);
  }

  /** Who may no longer hear anything comes first. */
  async catchUp(): Promise<void> {
    this.#cache.forgetAll();
    await this.#endSessions();
    await this.#readMissed();
  }

  /** From time to time, for what was lost without anybody noticing. */
  async refresh(): Promise<void> {
    this.#presence.tellRoster();
    await this.#readMissed();
  }

  async #readMissed(): Promise<void> {
    await this.#conversations.refresh();
    for (const userIds of inPortions(this.#accounts.followedIds, idsPerReading))
      await this.#accounts.catchUp(await this.#shared.readFeedRevs(userIds));
  }

  async #endSessions(): Promise<void> {
    for (const sessionIds of inPortions(this.#sockets.sessionIds, idsPerReading)) {
      const active = new Set(await this.#shared.filterActiveSessions(sessionIds));
      for (const sessionId of sessionIds) if (!active.has(sessionId)) this.#channel.endSession(sessionId, revoked);
    }
  }

  #later(work: Promise<void>, failure: string): void {
    work.catch((error: unknown) => this.#log.warn(failure, error));
  }
}
