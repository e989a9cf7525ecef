import type { Ask } from '../connection/ask.ts';
import type { AccountContext } from '../store/account-context.ts';
import { membershipOf } from './membership.ts';
import { readSeqOf } from './read-marker.ts';

const gatherMs = 300;
const movesPerRequest = 100;

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
  #cancel: (() => void) | undefined;
  #isSending = false;

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
        conversationId,
        delivered,
        read: Math.max(before?.read ?? 0, upTo),
      });
    });
    this.#schedule();
  }

  /** Messages of these conversations are stored. */
  stored(): void {
    this.#schedule();
  }

  connected(): void {
    this.#confirmed.clear();
    this.#schedule();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #schedule(): void {
    this.#cancel ??= this.#context.host.clock.schedule(() => {
      this.#cancel = undefined;
      void this.#send();
    }, gatherMs);
  }

  async #send(): Promise<void> {
    if (this.#isSending || !this.#isConnected()) return;
    const moves = this.#unconfirmed().slice(0, movesPerRequest);
    if (moves.length === 0) return;
    this.#isSending = true;
    try {
      await this.#ask('moveMarkers', { moves });
      for (const { conversationId, delivered, read } of moves) this.#confirmed.set(conversationId, { delivered, read });
    } catch (error) {
      this.#context.host.log('markers were not told', { error: String(error) });
    } finally {
      this.#isSending = false;
    }
    if (this.#unconfirmed().length > 0) this.#schedule();
  }

  #unconfirmed(): { conversationId: string; delivered: number; read: number }[] {
    const { memory, userId } = this.#context;
    const moves = [];
    for (const { conversationId, seq, lastMessage, markers } of memory.all('conversations')) {
      if (membershipOf(memory, conversationId)?.state !== 'in') continue;
      const read = memory.get('markers', conversationId)?.read ?? 0;
      const isOwnLast = lastMessage !== undefined && 'authorId' in lastMessage && lastMessage.authorId === userId;
      const delivered = isOwnLast ? read : seq;
      const shared = markers.find((marker) => marker.userId === userId);
      const confirmed = this.#confirmed.get(conversationId);
      const knownDelivered = Math.max(confirmed?.delivered ?? 0, shared?.delivered ?? 0);
      const knownRead = Math.max(confirmed?.read ?? 0, shared?.read ?? 0);
      if (delivered > knownDelivered || read > knownRead) moves.push({ conversationId, delivered, read });
    }
    return moves;
  }
}
