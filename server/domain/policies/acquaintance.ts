import type { ConversationReader } from '../../storage/port/conversations.ts';
import type { FeedReader } from '../../storage/port/feeds.ts';
import type { ConversationCache } from '../conversations/conversation-cache.ts';

/** Who has to do with whom. */
export class Acquaintance {
  readonly #conversations: ConversationReader;
  readonly #feeds: FeedReader;
  readonly #cache: ConversationCache;

  constructor(conversations: ConversationReader, feeds: FeedReader, cache: ConversationCache) {
    this.#conversations = conversations;
    this.#feeds = feeds;
    this.#cache = cache;
  }

  /** Those whom `userId` may write to, add to groups and look up: own contacts, and people of a common conversation. */
  async reachable(userId: string, candidateIds: readonly string[]): Promise<Set<string>> {
    const reachable = new Set(await this.#conversations.filterAcquainted(userId, candidateIds));
    for (const contact of await this.#feeds.readEntries(userId, 'contact')) {
      if (candidateIds.includes(contact.key)) reachable.add(contact.key);
    }
    return reachable;
  }

  /** Those whose presence `userId` may see: people of a conversation both are in now, and those who have added `userId` themselves. */
  async observable(userId: string, candidateIds: readonly string[]): Promise<Set<string>> {
    const [companions, adding] = await Promise.all([
      this.#companions(userId, candidateIds),
      this.#feeds.filterHavingContact(userId, candidateIds),
    ]);
    return new Set([...companions, ...adding]);
  }

  /** Sharing a conversation once is cheap to ask, and leaves few of whom it has to be true now. */
  async #companions(userId: string, candidateIds: readonly string[]): Promise<Set<string>> {
    const acquainted = await this.#conversations.filterAcquainted(userId, candidateIds);
    const companions = new Set<string>();
    if (acquainted.length === 0) return companions;
    for (const { key, state } of await this.#feeds.readEntries(userId, 'membership')) {
      if (companions.size === acquainted.length) break;
      const members = state === 'in' ? (await this.#cache.load(key))?.members : undefined;
      for (const candidateId of acquainted) if (members?.get(candidateId)?.state === 'in') companions.add(candidateId);
    }
    return companions;
  }
}
