import type { Profile } from '@parley/shared/contract/entities/profile.ts';
import type { FeedReader } from '../../storage/port/feeds.ts';
import type { AccountFollower } from './account-follower.ts';
import type { LiveChannel, LiveSockets } from './channel.ts';
import type { ConversationFollower } from './conversation-follower.ts';
import type { LocalSocket, LocalSockets } from './local-sockets.ts';
import type { PresenceWatch } from './presence.ts';

/** Sockets come and go: each follows its account and its conversations before it is served (D5). */
export class LiveUpdates implements LiveSockets {
  readonly #feeds: FeedReader;
  readonly #sockets: LocalSockets;
  readonly #channel: LiveChannel;
  readonly #conversations: ConversationFollower;
  readonly #accounts: AccountFollower;
  readonly #presence: PresenceWatch;

  constructor(options: {
    feeds: FeedReader;
    sockets: LocalSockets;
    channel: LiveChannel;
    conversations: ConversationFollower;
    accounts: AccountFollower;
    presence: PresenceWatch;
  }) {
    this.#feeds = options.feeds;
    this.#sockets = options.sockets;
    this.#channel = options.channel;
    this.#conversations = options.conversations;
    this.#accounts = options.accounts;
    this.#presence = options.presence;
  }

  async connected({
    socketId,
    userId,
    sessionId,
  }: {
    socketId: string;
    userId: string;
    sessionId: string;
  }): Promise<void> {
    const wasOnline = this.#sockets.isOnline(userId);
    const socket: LocalSocket = { socketId, userId, sessionId, joined: new Set(), changedMeanwhile: new Map() };
    this.#sockets.add(socket);
    if (!wasOnline) this.#presence.came(userId);
    await this.#accounts.follow(userId);
    const memberships = await this.#feeds.readEntries(userId, 'membership');
    const current = memberships.filter(({ state }) => state === 'in').map(({ key }) => key);
    if (this.#sockets.has(socketId)) await this.#conversations.join(socket, current);
  }

  disconnected(socketId: string): void {
    const removed = this.#sockets.remove(socketId);
    if (removed === undefined) return;
    const { socket, wasLast } = removed;
    this.#conversations.leaveAll(socket);
    this.#presence.forget(socketId);
    if (!wasLast) return;
    this.#accounts.unfollow(socket.userId);
    this.#presence.went(socket.userId);
  }

  /** Tells a person's new profile to their own devices and to everyone here who shares a conversation with them, each once. */
  async profileChanged(profile: Profile): Promise<void> {
    const memberships = await this.#feeds.readEntries(profile.userId, 'membership');
    const audience = new Set(this.#sockets.ofUser(profile.userId));
    for (const { key, state } of memberships) {
      if (state === 'in') for (const socket of this.#conversations.socketsOf(key)) audience.add(socket);
    }
    for (const { socketId } of audience) this.#channel.tellSocket(socketId, 'profileChanged', { profile });
  }
}
