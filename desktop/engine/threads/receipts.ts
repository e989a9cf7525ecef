import { wireLimits } from '@parley/shared/contract/limits.ts';
import type { Ask } from '../connection/ask.ts';
import type { AccountContext } from '../store/account-context.ts';
import type { ReceiptCount } from '../views/message-view.ts';

const lookEveryMs = 10_000;

export interface ReceiptsOptions {
  context: AccountContext;
  ask: Ask;
  isConnected(): boolean;
  /** Seqs of my messages in an open thread, lowest first; nothing where it is not open. */
  ownSeqs(conversationId: string): number[];
  /** Counts have come. */
  changed(conversationId: string): void;
}

/** Above 50 members nobody is told of every marker: while a thread is open, its author asks how far what is on the screen has come (D9). */
export class Receipts {
  readonly #options: ReceiptsOptions;
  readonly #counts = new Map<string, Map<number, ReceiptCount>>();
  readonly #cancels = new Map<string, () => void>();
  readonly #asking = new Set<string>();

  constructor(options: ReceiptsOptions) {
    this.#options = options;
  }

  of(conversationId: string): ReadonlyMap<number, ReceiptCount> | undefined {
    return this.#counts.get(conversationId);
  }

  /** Asks now, and every ten seconds until `end`. Called when a thread opens, after own messages, and when the line is back. */
  watch(conversationId: string): void {
    this.#cancels.get(conversationId)?.();
    const again = () => this.watch(conversationId);
    this.#cancels.set(conversationId, this.#options.context.host.clock.schedule(again, lookEveryMs));
    void this.#look(conversationId);
  }

  end(conversationId: string): void {
    this.#cancels.get(conversationId)?.();
    this.#cancels.delete(conversationId);
    this.#counts.delete(conversationId);
  }

  stop(): void {
    for (const conversationId of [...this.#cancels.keys()]) this.end(conversationId);
  }

  async #look(conversationId: string): Promise<void> {
    const { context, ask, isConnected, changed } = this.#options;
    const seqs = this.#open(conversationId);
    if (seqs.length === 0 || !isConnected() || this.#asking.has(conversationId)) return;
    this.#asking.add(conversationId);
    try {
      const { receipts } = await ask('countReceipts', { conversationId, seqs });
      if (!this.#cancels.has(conversationId)) return;
      const counts = new Map(this.#counts.get(conversationId));
      for (const { seq, ...count } of receipts) counts.set(seq, count);
      this.#counts.set(conversationId, counts);
      changed(conversationId);
    } catch (error) {
      // Asked again in ten seconds.
      context.host.log('receipts were not counted', { error: String(error) });
    } finally {
      this.#asking.delete(conversationId);
    }
  }

  /** The newest that not everybody has read yet. */
  #open(conversationId: string): number[] {
    const members = this.#options.context.memory.get('conversations', conversationId)?.members ?? [];
    const count = members.filter(({ state }) => state === 'in').length;
    if (count <= wireLimits.sharedMarkersMaxMembers) return [];
    const counts = this.#counts.get(conversationId);
    const isRead = (seq: number) => {
      const known = counts?.get(seq);
      return known !== undefined && known.others > 0 && known.read >= known.others;
    };
    return this.#options
      .ownSeqs(conversationId)
      .filter((seq) => !isRead(seq))
      .slice(-wireLimits.receiptsMaxMessages);
  }
}
