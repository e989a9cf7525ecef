import type { ReceivedMessage } from '@parley/shared/contract/entities/message.ts';
import { type Ask, Refusal } from '../connection/ask.ts';
import { backoffMs } from '../connection/backoff.ts';
import type { AccountContext } from '../store/account-context.ts';
import { membershipOf } from './membership.ts';
import { readSeqOf } from './read-marker.ts';

const gatherMs = 300;
const movesPerRequest = 100;
const retry = { baseMs: 1_000, capMs: 60_000 };

/**
 * Tells the server how far this device has stored and the person has read (D9). The farthest is stored here and told again until the
 * server has said that it is written.
 */
export class MarkerSender {
  readonly #context: AccountContext;
  readonly #ask: Ask;
  readonly #isConnected: () => boolean;
  /** What the server has confirmed in this connection. */
  readonly #confirmed = new Map<string, { delivered: number; read: number }>();
  /** Per conversation: the highest seq that may be another person's. Receiving one's own words is nothing to tell anybody. */
  readonly #othersSeqs = new Map<string, number>();
  #cancel: (() => void) | undefined;
  #isSending = false;
  #isStopped = false;
  #failures = 0;

  constructor(context: AccountContext, ask: Ask, isConnected: () => boolean) {
    this.#context = context;
    this.#ask = ask;
    this.#isConnected = isConnected;
  }

  /** The person has read up to `seq`. */
  async read(conversationId: string, seq: number): Promise<void> {
    const { memory, userId } = this.#context;
    const held = memory.get('conversations', conversationId);
    const upTo = Math.min(seq, held?.seq ?? 0);
    if (upTo <= readSeqOf(memory, conversationId, userId)) return;
    await memory.transact((transaction) => {
      const before = transaction.get('markers', conversationId);
      const delivered = Math.max(before?.delivered ?? 0, upTo);
      transaction.put('markers', conversationId, {
        ...before,
        conversationId,
        delivered,
        read: Math.max(before?.read ?? 0, upTo),
      });
    });
    this.#schedule();
  }

  /** These messages are stored. */
  stored(messages: readonly { conversationId: string; message: ReceivedMessage }[]): void {
    for (const { conversationId, message } of messages) {
      const isOwn = 'authorId' in message && message.authorId === this.#context.userId;
      const before = this.#othersSeqs.get(conversationId);
      const seq = isOwn ? (before ?? message.seq - 1) : message.seq;
      this.#othersSeqs.set(conversationId, Math.max(before ?? 0, seq));
    }
    this.#schedule();
  }

  connected(): void {
    this.#confirmed.clear();
    this.#failures = 0;
    this.#schedule();
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
  }

  #schedule(delayMs = gatherMs): void {
    if (this.#isStopped) return;
    this.#cancel ??= this.#context.host.clock.schedule(() => {
      this.#cancel = undefined;
      void this.#send();
    }, delayMs);
  }

  async #send(): Promise<void> {
    if (this.#isSending || !this.#isConnected()) return;
    const moves = this.#unconfirmed().slice(0, movesPerRequest);
    if (moves.length === 0) return;
    this.#isSending = true;
    let delayMs: number | undefined;
    try {
      await this.#ask('moveMarkers', { moves });
      this.#failures = 0;
      for (const { conversationId, delivered, read } of moves) this.#confirmed.set(conversationId, { delivered, read });
    } catch (error) {
      this.#context.host.log('markers were not told', { error: String(error) });
      const atLeastMs = error instanceof Refusal ? (error.retryAfterMs ?? 0) : 0;
      delayMs = Math.max(gatherMs, atLeastMs, backoffMs(this.#context.host.random, this.#failures, retry));
      this.#failures += 1;
    }
    this.#isSending = false;
    if (this.#unconfirmed().length > 0) this.#schedule(delayMs);
  }

  #unconfirmed(): { conversationId: string; delivered: number; read: number }[] {
    const { memory, userId } = this.#context;
    const moves = [];
    for (const { conversationId, seq, markers, outdated } of memory.all('conversations')) {
      if (outdated || membershipOf(memory, conversationId)?.state !== 'in') continue;
      const read = memory.get('markers', conversationId)?.read ?? 0;
      const delivered = Math.max(read, Math.min(seq, this.#othersSeqs.get(conversationId) ?? seq));
      const shared = markers.find((marker) => marker.userId === userId);
      const confirmed = this.#confirmed.get(conversationId);
      const knownDelivered = Math.max(confirmed?.delivered ?? 0, shared?.delivered ?? 0);
      const knownRead = Math.max(confirmed?.read ?? 0, shared?.read ?? 0);
      if (delivered > knownDelivered || read > knownRead) moves.push({ conversationId, delivered, read });
    }
    return moves;
  }
}
