import type { Markers } from '@parley/shared/contract/entities/conversation.ts';
import type { FeedEntry } from '@parley/shared/contract/entities/feed.ts';
import type { Ask } from '../connection/ask.ts';
import type { AccountContext } from '../store/account-context.ts';
import type { Transaction } from '../store/account-memory.ts';
import type { AccountSync } from './account-sync.ts';
import type { ConversationSync, Push } from './conversation-sync.ts';

type Item =
  | { kind: 'conversation'; push: Push }
  | { kind: 'own'; push: Push & { intentId: string }; done: () => void }
  | { kind: 'markers'; moved: { conversationId: string; afterMrev: number; mrev: number; markers: Markers[] } }
  | { kind: 'account'; advance: { afterRev: number; rev: number; entries: FeedEntry[] } };

const itemsPerTransaction = 500;

/**
 * What the server tells, taken in in the order it arrives: all that has arrived meanwhile becomes one transaction, and what turns out
 * to be missing is fetched after it.
 */
export class Incoming {
  readonly #context: AccountContext;
  readonly #ask: Ask;
  readonly #account: AccountSync;
  readonly #conversations: ConversationSync;
  readonly #failed: () => void;
  readonly #items: Item[] = [];
  readonly #fetchingMarkers = new Set<string>();
  #draining: Promise<void> | undefined;

  constructor(options: {
    context: AccountContext;
    ask: Ask;
    account: AccountSync;
    conversations: ConversationSync;
    /** What was told could not be stored: begin again from what is. */
    failed: () => void;
  }) {
    this.#context = options.context;
    this.#ask = options.ask;
    this.#account = options.account;
    this.#conversations = options.conversations;
    this.#failed = options.failed;
  }

  take(item: Item): void {
    this.#items.push(item);
    this.#draining ??= this.#drain();
  }

  /** Resolves when everything taken so far is stored. */
  async settled(): Promise<void> {
    await this.#draining;
  }

  async #drain(): Promise<void> {
    // Lets what arrives in the same task come along.
    await Promise.resolve();
    while (this.#items.length > 0) {
      const items = this.#items.splice(0, itemsPerTransaction);
      const missing = { account: false, conversations: new Set<string>(), markers: new Set<string>() };
      try {
        await this.#context.memory.transact(async (transaction) => {
          for (const item of items) await this.#lay(transaction, item, missing);
        });
      } catch (error) {
        this.#context.host.log('what the server told was not stored', { error: String(error) });
        this.#failed();
      }
      for (const item of items) if (item.kind === 'own') item.done();
      this.#fetch(missing);
    }
    this.#draining = undefined;
  }

  async #lay(
    transaction: Transaction,
    item: Item,
    missing: { account: boolean; conversations: Set<string>; markers: Set<string> },
  ): Promise<void> {
    switch (item.kind) {
      case 'account':
        if (!this.#account.apply(transaction, item.advance)) missing.account = true;
        return;
      case 'markers':
        if (!this.#conversations.applyMarkers(transaction, item.moved)) missing.markers.add(item.moved.conversationId);
        return;
      case 'own':
        if (!(await this.#conversations.applyOwn(transaction, item.push)))
          missing.conversations.add(item.push.conversationId);
        return;
      case 'conversation':
        if (!(await this.#conversations.apply(transaction, item.push)))
          missing.conversations.add(item.push.conversationId);
    }
  }

  /** A connection that breaks meanwhile fetches everything when it is back. */
  #fetch(missing: { account: boolean; conversations: Set<string>; markers: Set<string> }): void {
    const ignoreLost = (error: unknown) => this.#context.host.log('a gap was not closed yet', { error: String(error) });
    if (missing.account) this.#account.fetch().catch(ignoreLost);
    if (missing.conversations.size > 0) this.#fetchConversations(missing.conversations).catch(ignoreLost);
    for (const conversationId of missing.markers) this.#fetchMarkers(conversationId).catch(ignoreLost);
  }

  /** A gap may turn out to be a leap: what that has left for later is fetched too. */
  async #fetchConversations(conversationIds: ReadonlySet<string>): Promise<void> {
    await this.#conversations.want(conversationIds);
    await this.#conversations.backfill();
  }

  async #fetchMarkers(conversationId: string): Promise<void> {
    if (this.#fetchingMarkers.has(conversationId)) return;
    this.#fetchingMarkers.add(conversationId);
    try {
      const { mrev, markers } = await this.#ask('getMembers', { conversationId });
      this.take({ kind: 'markers', moved: { conversationId, afterMrev: 0, mrev, markers } });
    } finally {
      this.#fetchingMarkers.delete(conversationId);
    }
  }
}
