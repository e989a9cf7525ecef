import type { ConversationReader } from '../../storage/port/conversations.ts';
import type { FeedReader } from '../../storage/port/feeds.ts';

/** Who has to do with whom. */
export class Acquaintance {
  readonly #conversations: ConversationReader;
  readonly #feeds: FeedReader;

  constructor(conversations: ConversationReader, feeds: FeedReader) {
    this.#conversations = conversations;
    this.#feeds = feeds;
  }

  /** Those whom `userId` may write to, add to groups and look up: own contacts, and people of a common conversation. */
  async reachable(userId: string, candidateIds: readonly string[]): Promise<Set<string>> {
    const reachable = new Set(await this.#conversations.filterAcquainted(userId, candidateIds));
    for (const contact of await this.#feeds.readEntries(userId, 'contact')) {
      if (candidateIds.includes(contact.key)) reachable.add(contact.key);
    }
    return reachable;
  }

  /** Those whose presence `userId` may see: people of a common conversation, and those who have added `userId` themselves. */
  async observable(userId: string, candidateIds: readonly string[]): Promise<Set<string>> {
    const [acquainted, adding] = await Promise.all([
      this.#conversations.filterAcquainted(userId, candidateIds),
      this.#feeds.filterHavingContact(userId, candidateIds),
    ]);
    return new Set([...acquainted, ...adding]);
  }
}
