import type { InputOf } from '@parley/shared/contract/define.ts';
import type { Placed } from '@parley/shared/contract/operations/conversations.ts';
import { type Operations, operations } from '@parley/shared/contract/registry.ts';
import type { Limits } from '@parley/shared/contract/limits.ts';
import { type Ask, Refusal } from '../connection/ask.ts';
import { backoffMs } from '../connection/backoff.ts';
import type { StoredIntent } from '../ports/local-store.ts';
import type { AccountContext } from '../store/account-context.ts';
import type { Transaction } from '../store/account-memory.ts';
import { type EntryState, moveEntry, nextOf, stateOf } from './outbox-entry.ts';
import { Pace } from './pace.ts';

const retry = { baseMs: 1_000, capMs: 60_000 };
/** However long a server asks to wait: its word may be wrong, and asking again costs it little. */
const waitAtMostMs = 60 * 60_000;

export interface OutboxOptions {
  context: AccountContext;
  ask: Ask;
  isConnected(): boolean;
  /** The server has placed an intent: resolves when that is stored. */
  placed(intent: StoredIntent, at: Placed): Promise<void>;
  /** A state has changed that the store does not show. */
  changed(intent: StoredIntent): void;
}

/**
 * Intents on their way (D7): each is stored before the person goes on, sent under the id it was made with until the server has answered
 * it, one at a time for each conversation and in the order they were made.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #states = new Map<string, EntryState>();
  /** Answered by the server, and not seen here yet: they go when the catch-up that brings them is through. */
  readonly #placedIds = new Set<string>();
  /** By the name of the rate. */
  #paces = new Map<string, Pace>();
  readonly #cancels = new Map<string, () => void>();
  /** Per conversation: how often its next intent was put off. */
  readonly #failures = new Map<string, number>();
  #lastOrder: number;
  #isStopped = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#lastOrder = 0;
    for (const { order } of options.context.memory.all('outbox')) this.#lastOrder = Math.max(this.#lastOrder, order);
  }

  get waiting(): number {
    return this.#options.context.memory.size('outbox');
  }

  stateOf(intent: StoredIntent): EntryState {
    return this.#states.get(intent.id) ?? stateOf(intent, this.#placedIds.has(intent.id));
  }

  /** Of one conversation, in the order they were made. */
  lane(conversationId: string): StoredIntent[] {
    const intents = [...this.#options.context.memory.all('outbox')].filter(
      (intent) => intent.conversationId === conversationId,
    );
    return intents.sort(byOrder);
  }

  add(transaction: Transaction, intent: Omit<StoredIntent, 'order' | 'at'>): void {
    this.#lastOrder += 1;
    const at = this.#options.context.host.clock.now();
    transaction.put('outbox', intent.id, { ...intent, order: this.#lastOrder, at });
  }

  /** A person wants it tried again. */
  async retry(intentId: string): Promise<void> {
    await this.#options.context.memory.transact((transaction) => {
      const intent = transaction.get('outbox', intentId);
      if (intent?.refusal === undefined) return;
      moveEntry(this.stateOf(intent), { kind: 'waiting' });
      const { refusal: _, ...again } = intent;
      transaction.put('outbox', intentId, again);
    });
  }

  /** Takes back something that is not being sent. */
  discard(transaction: Transaction, intentId: string): void {
    const intent = transaction.get('outbox', intentId);
    if (intent !== undefined && this.stateOf(intent).kind !== 'sending') transaction.put('outbox', intentId, null);
  }

  /** What the server has told: each operation is charged to a rate of its own. */
  paceTo(rates: Limits['rates']): void {
    const { clock } = this.#options.context.host;
    this.#paces = new Map(Object.entries(rates).map(([name, rate]) => [name, new Pace(clock, rate)]));
  }

  /** Sends what can go. Called after every change of the outbox. */
  kick(): void {
    const lanes = Map.groupBy(this.#options.context.memory.all('outbox'), ({ conversationId }) => conversationId);
    for (const [conversationId, lane] of lanes) this.#kickLane(conversationId, lane.sort(byOrder));
  }

  /** The line is back: nothing is put off any longer. */
  connected(): void {
    this.#failures.clear();
    this.#placedIds.clear();
    for (const cancel of this.#cancels.values()) cancel();
    this.#cancels.clear();
    this.kick();
  }

  stop(): void {
    this.#isStopped = true;
    for (const cancel of this.#cancels.values()) cancel();
  }

  #kickLane(conversationId: string, lane = this.lane(conversationId)): void {
    if (this.#isStopped || !this.#options.isConnected()) return;
    const next = nextOf(lane.filter(({ id }) => !this.#placedIds.has(id)));
    if (next === undefined || this.#states.has(next.id) || this.#cancels.has(conversationId)) return;
    const waitMs = this.#paces.get(operations[next.operation].rate ?? '')?.take() ?? 0;
    if (waitMs > 0) this.#later(conversationId, waitMs);
    else void this.#send(next);
  }

  async #send(intent: StoredIntent): Promise<void> {
    this.#states.set(intent.id, moveEntry(this.stateOf(intent), { kind: 'sending' }));
    try {
      await this.#placed(intent, await this.#ask(intent));
    } catch (error) {
      await this.#notPlaced(intent, error);
    }
    this.#states.delete(intent.id);
    if (this.#options.context.memory.get('outbox', intent.id) === undefined) this.#placedIds.delete(intent.id);
    this.#kickLane(intent.conversationId);
  }

  /** From here on nothing can refuse it any more: what goes wrong now is put right by the next catch-up. */
  async #placed(intent: StoredIntent, placed: Placed): Promise<void> {
    this.#failures.delete(intent.conversationId);
    this.#placedIds.add(intent.id);
    try {
      await this.#options.placed(intent, placed);
    } catch (error) {
      this.#options.context.host.log('what was placed is not here yet', { error: String(error) });
    }
  }

  #ask(intent: StoredIntent): Promise<Placed> {
    const { ask } = this.#options;
    return intent.operation === 'createGroup'
      ? ask('createGroup', intent.body as InputOf<Operations['createGroup']>)
      : ask('sendMessage', intent.body as InputOf<Operations['sendMessage']>);
  }

  async #notPlaced(intent: StoredIntent, error: unknown): Promise<void> {
    const refusal = error instanceof Refusal ? error : new Refusal('internal');
    if (refusal.code === 'reply_target_missing' && intent.isOfferedAgain === true) {
      await this.#dropReply(intent);
    } else if (refusal.class === 'final') {
      await this.#refuse(intent, refusal);
    } else if (refusal.code !== 'not_connected') {
      this.#putOff(intent.conversationId, refusal.retryAfterMs);
    } else if (this.#options.isConnected()) {
      // The answer did not come in time though the line is up.
      this.#putOff(intent.conversationId, undefined);
    }
    this.#options.changed(intent);
  }

  /** What it answered was lost in the restore: better without that than not at all. Refused again, it is refused for good. */
  async #dropReply(intent: StoredIntent): Promise<void> {
    const { isOfferedAgain: _, ...rest } = intent;
    const { replyTo: __, ...body } = intent.body as InputOf<Operations['sendMessage']>;
    try {
      await this.#options.context.memory.transact((transaction) => {
        if (transaction.get('outbox', intent.id) !== undefined) transaction.put('outbox', intent.id, { ...rest, body });
      });
    } catch (error) {
      this.#options.context.host.log('an answer was not made a message', { error: String(error) });
      this.#putOff(intent.conversationId, undefined);
    }
  }

  async #refuse(intent: StoredIntent, refusal: Refusal): Promise<void> {
    try {
      await this.#options.context.memory.transact((transaction) => {
        const stored = transaction.get('outbox', intent.id);
        if (stored !== undefined) transaction.put('outbox', intent.id, { ...stored, refusal: refusal.code });
      });
    } catch (error) {
      this.#options.context.host.log('a refusal was not stored', { error: String(error) });
      this.#putOff(intent.conversationId, undefined);
    }
  }

  #putOff(conversationId: string, atLeastMs = 0): void {
    const failures = this.#failures.get(conversationId) ?? 0;
    this.#failures.set(conversationId, failures + 1);
    this.#later(conversationId, Math.max(atLeastMs, backoffMs(this.#options.context.host.random, failures, retry)));
  }

  #later(conversationId: string, delayMs: number): void {
    this.#cancels.get(conversationId)?.();
    if (this.#isStopped) return;
    const cancel = this.#options.context.host.clock.schedule(
      () => {
        this.#cancels.delete(conversationId);
        this.#kickLane(conversationId);
      },
      Math.min(delayMs, waitAtMostMs),
    );
    this.#cancels.set(conversationId, cancel);
  }
}

function byOrder(a: StoredIntent, b: StoredIntent): number {
  return a.order - b.order;
}
