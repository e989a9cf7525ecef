import type { Presence } from '@parley/shared/contract/entities/presence.ts';
import type { Ask } from '../connection/ask.ts';
import type { AccountContext } from '../store/account-context.ts';

const typingLastsMs = 6_000;
const sayAgainMs = 3_000;

/** Presence and typing: shown while they are true, kept nowhere (D11). */
export class Ephemera {
  readonly #context: AccountContext;
  readonly #ask: Ask;
  readonly #isConnected: () => boolean;
  #watched: string[] = [];
  /** Per conversation: who types, and what forgets them. */
  readonly #typing = new Map<string, Map<string, () => void>>();
  readonly #saidTyping = new Map<string, number>();

  constructor(context: AccountContext, ask: Ask, isConnected: () => boolean) {
    this.#context = context;
    this.#ask = ask;
    this.#isConnected = isConnected;
  }

  async watch(userIds: readonly string[]): Promise<void> {
    this.#watched = [...userIds];
    if (!this.#isConnected()) return;
    const { people } = await this.#ask('watchPresence', { userIds: this.#watched });
    this.heardPresence(people);
  }

  heardPresence(people: readonly Presence[]): void {
    for (const presence of people) this.#context.feed.set(this.#context.key, 'presence', presence.userId, presence);
  }

  connected(): void {
    this.watch(this.#watched).catch((error: unknown) =>
      this.#context.host.log('presence was not asked', { error: String(error) }),
    );
  }

  /** Nothing is known of anybody while the line is down. */
  disconnected(): void {
    this.#context.feed.clear(this.#context.key, 'presence');
    for (const [conversationId, typing] of this.#typing) {
      for (const forget of typing.values()) forget();
      this.#context.feed.set(this.#context.key, 'typing', conversationId, null);
    }
    this.#typing.clear();
    this.#saidTyping.clear();
  }

  heardTyping({
    conversationId,
    userId,
    isTyping,
  }: {
    conversationId: string;
    userId: string;
    isTyping: boolean;
  }): void {
    if (userId === this.#context.userId) return;
    const typing = this.#typing.get(conversationId) ?? new Map<string, () => void>();
    this.#typing.set(conversationId, typing);
    typing.get(userId)?.();
    typing.delete(userId);
    if (isTyping) {
      const forget = () => this.heardTyping({ conversationId, userId, isTyping: false });
      typing.set(userId, this.#context.host.clock.schedule(forget, typingLastsMs));
    }
    this.#context.feed.set(this.#context.key, 'typing', conversationId, typing.size > 0 ? [...typing.keys()] : null);
  }

  /** Said at once, then no more often than it is forgotten. */
  async sayTyping(conversationId: string, isTyping: boolean): Promise<void> {
    const now = this.#context.host.clock.monotonic();
    const saidAt = this.#saidTyping.get(conversationId);
    if (isTyping ? saidAt !== undefined && now - saidAt < sayAgainMs : saidAt === undefined) return;
    if (isTyping) this.#saidTyping.set(conversationId, now);
    else this.#saidTyping.delete(conversationId);
    if (this.#isConnected()) await this.#ask('setTyping', { conversationId, isTyping });
  }
}
