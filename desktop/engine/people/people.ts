import type { Profile } from '@parley/shared/contract/entities/profile.ts';
import type { PersonView } from '../api/views.ts';
import type { Ask } from '../connection/ask.ts';
import type { AccountContext } from '../store/account-context.ts';
import { feedKey } from '../store/account-memory.ts';

const peoplePerRequest = 100;

/** Who people are: profiles as the server last told them, under the account's own names for them. */
export class People {
  readonly #context: AccountContext;
  readonly #ask: Ask;
  readonly #isConnected: () => boolean;
  readonly #missing = new Set<string>();
  /** Not told by the server though asked in this connection. */
  readonly #unknown = new Set<string>();
  /** Direct conversations with people who are no contacts. */
  readonly #directIds = new Map<string, string>();
  #isAsking = false;

  constructor(context: AccountContext, ask: Ask, isConnected: () => boolean) {
    this.#context = context;
    this.#ask = ask;
    this.#isConnected = isConnected;
  }

  view(userId: string): PersonView | undefined {
    const { memory } = this.#context;
    const profile = memory.get('profiles', userId);
    const entry = memory.get('feed', feedKey('contact', userId));
    const contact = entry?.kind === 'contact' ? entry : undefined;
    if (profile === undefined && contact === undefined) return undefined;
    const ownName = profile?.name ?? contact?.email ?? '';
    const directConversationId = contact?.directConversationId ?? this.#directIds.get(userId);
    return {
      userId,
      name: contact?.alias ?? ownName,
      ownName,
      ...(contact && {
        contact: { email: contact.email, ...(contact.alias !== undefined && { alias: contact.alias }) },
      }),
      ...(directConversationId !== undefined && { directConversationId }),
    };
  }

  /** The person of a direct conversation that may not exist yet. */
  peerOf(conversationId: string): string | undefined {
    const held = this.#context.memory.get('conversations', conversationId);
    if (held?.info?.kind === 'direct')
      return held.members.find(({ userId }) => userId !== this.#context.userId)?.userId;
    for (const [userId, directId] of this.#directIds) if (directId === conversationId) return userId;
    for (const entry of this.#context.memory.all('feed')) {
      if (entry.kind === 'contact' && entry.directConversationId === conversationId) return entry.key;
    }
    return undefined;
  }

  directIdOf(userId: string): string | undefined {
    return this.view(userId)?.directConversationId;
  }

  noteDirect(userId: string, conversationId: string): void {
    this.#directIds.set(userId, conversationId);
  }

  /** Asks for those among them nothing is known of. */
  need(userIds: Iterable<string>): void {
    for (const userId of userIds) {
      if (this.#context.memory.get('profiles', userId) === undefined && !this.#unknown.has(userId))
        this.#missing.add(userId);
    }
    void this.#askMissing();
  }

  /** The line is back: whoever has changed meanwhile is asked for anew. */
  async refresh(): Promise<void> {
    this.#unknown.clear();
    const held = [...this.#context.memory.all('profiles')];
    for (let start = 0; start < held.length; start += peoplePerRequest) {
      const people = held.slice(start, start + peoplePerRequest).map(({ userId, version }) => ({ userId, version }));
      await this.keep((await this.#ask('getProfiles', { people })).profiles);
    }
    await this.#askMissing();
  }

  /** Newer versions replace older ones. */
  async keep(profiles: readonly Profile[]): Promise<void> {
    if (profiles.length === 0) return;
    await this.#context.memory.transact((transaction) => {
      for (const profile of profiles) {
        const held = transaction.get('profiles', profile.userId);
        if (held === undefined || held.version < profile.version) transaction.put('profiles', profile.userId, profile);
      }
    });
  }

  async #askMissing(): Promise<void> {
    if (this.#isAsking || !this.#isConnected()) return;
    this.#isAsking = true;
    try {
      // Lets those that are needed in the same task come along.
      await Promise.resolve();
      while (this.#missing.size > 0 && this.#isConnected()) {
        const asked = [...this.#missing].slice(0, peoplePerRequest);
        const { profiles } = await this.#ask('getProfiles', { people: asked.map((userId) => ({ userId })) });
        for (const userId of asked) {
          this.#missing.delete(userId);
          if (!profiles.some((profile) => profile.userId === userId)) this.#unknown.add(userId);
        }
        await this.keep(profiles);
      }
    } catch (error) {
      this.#context.host.log('profiles were not fetched', { error: String(error) });
    } finally {
      this.#isAsking = false;
    }
  }
}
