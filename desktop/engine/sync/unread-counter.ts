import { countUnread, isUnreadMention } from '@parley/shared/model/unread.ts';
import type { AccountContext } from '../store/account-context.ts';
import type { Transaction } from '../store/account-memory.ts';
import { unreadCap, unreadOf } from './apply-records.ts';
import { readSeqOf } from './read-marker.ts';

const chunk = 200;
/** Counted in one transaction: few enough that pushes do not wait for long. */
const atOnce = 50;

/** Counts again where something moved that a running count cannot follow: a read marker, or a message that was replaced. */
export class UnreadCounter {
  readonly #context: AccountContext;
  readonly #asked = new Set<string>();

  constructor(context: AccountContext) {
    this.#context = context;
  }

  /** A marker of the conversation was written: counted again if it is the person's own that has moved. */
  markerWritten(conversationId: string): void {
    const { memory, userId } = this.#context;
    const counted = memory.get('conversations', conversationId)?.unread.readSeq;
    if (counted !== readSeqOf(memory, conversationId, userId)) this.recount(conversationId);
  }

  /** Soon; asking again meanwhile is asking once. */
  recount(conversationId: string): void {
    this.#asked.add(conversationId);
    if (this.#asked.size === 1) this.#countAsked();
  }

  /** Stretches above the read marker that are not on this device: while there are any, and the count is below the cap, it may be short. */
  uncounted(): { conversationId: string; seq: number }[] {
    const { memory } = this.#context;
    return [...memory.all('conversations')].flatMap(({ conversationId, holes, unread }) => {
      const hole = holes.findLast(({ toSeq }) => toSeq > unread.readSeq);
      return hole !== undefined && unread.count < unreadCap ? [{ conversationId, seq: hole.toSeq }] : [];
    });
  }

  #countAsked(): void {
    const { memory, host } = this.#context;
    memory
      .transact(async (transaction) => {
        const conversationIds = [...this.#asked].slice(0, atOnce);
        for (const conversationId of conversationIds) this.#asked.delete(conversationId);
        if (this.#asked.size > 0) this.#countAsked();
        for (const conversationId of conversationIds) await this.#count(transaction, conversationId);
      })
      .catch((error: unknown) => host.log('unread messages were not counted', { error: String(error) }));
  }

  async #count(transaction: Transaction, conversationId: string): Promise<void> {
    const held = transaction.get('conversations', conversationId);
    if (held === undefined) return;
    const { memory, userId } = this.#context;
    const readSeq = readSeqOf(transaction, conversationId, userId);
    const viewer = { userId, name: memory.get('account', 'account')?.name ?? '' };
    let count = 0;
    let mentions = 0;
    let toSeq = held.seq;
    while (toSeq > readSeq && count < unreadCap) {
      const messages = await memory.messages.readMessages({
        conversationId,
        fromSeq: readSeq + 1,
        toSeq,
        limit: chunk,
        take: 'newest',
      });
      count += countUnread(messages, userId, readSeq);
      mentions += messages.filter((message) => isUnreadMention(message, viewer, readSeq)).length;
      const lowest = messages[0]?.seq;
      if (lowest === undefined || messages.length < chunk) break;
      toSeq = lowest - 1;
    }
    const unread = unreadOf(readSeq, count, mentions);
    const before = held.unread;
    const isSame =
      unread.readSeq === before.readSeq && unread.count === before.count && unread.mentions === before.mentions;
    if (isSame) return;
    transaction.put('conversations', conversationId, { ...held, unread });
  }
}
