import type { Markers } from '@parley/shared/contract/entities/conversation.ts';
import type { FeedEntry } from '@parley/shared/contract/entities/feed.ts';
import { type Ask, Refusal } from '../connection/ask.ts';
import { backoffMs } from '../connection/backoff.ts';
import type { AccountContext } from '../store/account-context.ts';
import type { Transaction } from '../store/account-memory.ts';
import type { AccountSync } from './account-sync.ts';
import type { ConversationSync, Push } from './conversation-sync.ts';
import { readMembers } from './read-members.ts';

type Item =
  | { kind: 'conversation'; push: Push }
  | { kind: 'own'; push: Push & { intentId: string }; done: () => void }
  | { kind: 'markers'; moved: { conversationId: string; afterMrev: number; mrev: number; markers: Markers[] } }
  | { kind: 'account'; advance: { afterRev: number; rev: number; entries: FeedEntry[] } };

/** What turned out to be missing. */
interface Missing {
  account: boolean;
  conversations: Set<string>;
  markers: Set<string>;
}

const itemsPerTransaction = 500;
const retry = { baseMs: 1_000, capMs: 60_000 };

/**
 * What the server tells, taken in in the order it arrives: all that has arrived meanwhile becomes one transaction, and what turns out
 * to be missing is fetched after it.
 */
export class Incoming {
  readonly #context: AccountContext;
  readonly #ask: Ask;
  readonly #isConnected: () => boolean;
  readonly #account: AccountSync;
  readonly #conversations: ConversationSync;
  readonly #failed: () => void;
  readonly #items: Item[] = [];
  readonly #fetchingMarkers = new Set<string>();
  #draining: Promise<void> | undefined;
  /** What the server would not give yet. */
  #owed = nothing();
  #cancelRetry: (() => void) | undefined;
  #failures = 0;
  #isStopped = false;

  constructor(options: {
    context: AccountContext;
    ask: Ask;
    isConnected: () => boolean;
    account: AccountSync;
    conversations: ConversationSync;
    /** What was told could not be stored: begin again from what is. */
    failed: () => void;
  }) {
    this.#context = options.context;
    this.#ask = options.ask;
    this.#isConnected = options.isConnected;
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

  stop(): void {
    this.#isStopped = true;
    this.#cancelRetry?.();
  }

  async #drain(): Promise<void> {
    // Lets what arrives in the same task come along.
    await Promise.resolve();
    while (this.#items.length > 0) {
      const items = this.#items.splice(0, itemsPerTransaction);
      const missing = nothing();
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

  async #lay(transaction: Transaction, item: Item, missing: Missing): Promise<void> {
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

  #fetch({ account, conversations, markers }: Missing): void {
    if (account) this.#try(this.#account.fetch(), (owed) => (owed.account = true));
    if (conversations.size > 0) {
      this.#try(this.#fetchConversations(conversations), (owed) => {
        for (const conversationId of conversations) owed.conversations.add(conversationId);
      });
    }
    for (const conversationId of markers)
      this.#try(this.#fetchMarkers(conversationId), (owed) => owed.markers.add(conversationId));
  }

  /** A connection that breaks meanwhile fetches everything when it is back; a server that only puts it off is asked again. */
  #try(fetching: Promise<void>, owe: (owed: Missing) => void): void {
    fetching.then(
      () => (this.#failures = 0),
      (error: unknown) => {
        this.#context.host.log('a gap was not closed yet', { error: String(error) });
        if (!(error instanceof Refusal) || error.class !== 'retry' || !this.#isConnected()) return;
        owe(this.#owed);
        this.#retryLater(error.retryAfterMs);
      },
    );
  }

  #retryLater(atLeastMs = 0): void {
    if (this.#isStopped || this.#cancelRetry !== undefined) return;
    const { clock, random } = this.#context.host;
    const delayMs = Math.min(retry.capMs, Math.max(atLeastMs, backoffMs(random, this.#failures, retry)));
    this.#failures += 1;
    this.#cancelRetry = clock.schedule(() => {
      this.#cancelRetry = undefined;
      const owed = this.#owed;
      this.#owed = nothing();
      if (this.#isConnected()) this.#fetch(owed);
    }, delayMs);
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
      const { mrev, markers } = await readMembers(this.#ask, conversationId);
      this.take({ kind: 'markers', moved: { conversationId, afterMrev: 0, mrev, markers } });
    } finally {
      this.#fetchingMarkers.delete(conversationId);
    }
  }
}

function nothing(): Missing {
  return { account: false, conversations: new Set(), markers: new Set() };
}
