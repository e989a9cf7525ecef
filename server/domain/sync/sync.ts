import type { ConversationAnswer, Cursor } from '@parley/shared/contract/operations/sync.ts';
import type { ConversationReader } from '../../storage/port/conversations.ts';
import type { FeedReader } from '../../storage/port/feeds.ts';
import type { ConversationCache } from '../conversations/conversation-cache.ts';
import type { WorkingState } from '../conversations/working-state.ts';
import type { Answer } from '../domain.ts';
import { requireEverMember } from '../policies/membership.ts';
import { answerMaxBytes, AnswerRoom, fitting } from './answer-size.ts';
import { answerFor } from './conversation-answers.ts';
import { headFor, messageFor } from './viewer.ts';

const pageSize = 500;
const changesPageSize = 200;
/** An id with its quotes and comma. */
const bytesPerUnanswered = 39;
/** Conversations looked at side by side. */
const lanes = 8;

/** What a device has missed (D4, D5, D10, D15). */
export class Sync {
  readonly #reader: ConversationReader;
  readonly #feeds: FeedReader;
  readonly #cache: ConversationCache;
  readonly #leapAboveRevs: number;

  constructor(options: {
    reader: ConversationReader;
    feeds: FeedReader;
    cache: ConversationCache;
    leapAboveRevs: number;
  }) {
    this.#reader = options.reader;
    this.#feeds = options.feeds;
    this.#cache = options.cache;
    this.#leapAboveRevs = options.leapAboveRevs;
  }

  readonly account: Answer<'syncAccount'> = async (caller, { rev, resetFrom }) => {
    const page = await this.#feeds.readPage({
      userId: caller.userId,
      afterRev: rev,
      limit: pageSize,
      ...(resetFrom !== undefined && { resetFrom }),
    });
    const entries = fitting(page.entries, answerMaxBytes);
    const isWhole = entries.length === page.entries.length;
    const through = isWhole ? page.rev : (entries.at(-1)?.rev ?? rev);
    return { entries, rev: through, more: page.more || !isWhole, reset: page.isReset };
  };

  readonly conversations: Answer<'syncConversations'> = async (caller, { cursors }) => {
    const states = await this.#readFresh(cursors.map(({ conversationId }) => conversationId));
    const room = new AnswerRoom(answerMaxBytes - cursors.length * bytesPerUnanswered);
    const answers: ConversationAnswer[] = [];
    for (let start = 0; start < cursors.length; start += lanes) {
      const asked = cursors.slice(start, start + lanes);
      const found = await Promise.all(asked.map((cursor) => this.#answer(caller.userId, states, cursor)));
      for (const [index, answer] of found.entries()) {
        if (answer === undefined) continue;
        if (!room.take(answer)) {
          const unanswered = cursors.slice(start + index).map(({ conversationId }) => conversationId);
          return { answers, unanswered };
        }
        answers.push(answer);
      }
    }
    return { answers, unanswered: [] };
  };

  readonly changes: Answer<'syncChanges'> = async (caller, { conversationId, afterRev, throughRev, throughSeq }) => {
    const { state, member } = await this.#cache.require(conversationId, (current) =>
      requireEverMember(current, caller.userId),
    );
    const changes = await this.#reader.readChanges({
      conversationId,
      afterRev,
      throughRev: Math.min(throughRev, headFor(state, member).rev),
      throughSeq,
      limit: changesPageSize,
    });
    const taken = fitting(changes.messages, answerMaxBytes);
    const isWhole = taken.length === changes.messages.length;
    const through = isWhole ? changes.throughRev : (taken.at(-1)?.rev ?? afterRev);
    const messages = taken.flatMap((record) => messageFor(member, record) ?? []);
    return { records: { messages }, rev: through, more: changes.more || !isWhole };
  };

  readonly check: Answer<'checkSync'> = async (caller, { accountRev: heldRev, sums }) => {
    const accountRev = await this.#feeds.readRev(caller.userId);
    const memberships = await this.#feeds.readEntries(caller.userId, 'membership');
    const current = memberships.filter(({ state }) => state === 'in').map(({ key }) => key);
    const heads = await this.#reader.readHeads(current);
    let revs = 0;
    let mrevs = 0;
    for (const head of heads.values()) {
      revs += head.rev;
      mrevs += head.mrev;
    }
    const isEqual = heads.size === sums.conversations && revs === sums.revs && mrevs === sums.mrevs;
    if (isEqual && accountRev === heldRev) return { isCurrent: true, accountRev };
    return {
      isCurrent: false,
      accountRev,
      heads: [...heads].map(([conversationId, { rev, mrev }]) => ({ conversationId, rev, mrev })),
    };
  };

  async #answer(userId: string, states: ReadonlyMap<string, WorkingState>, cursor: Cursor) {
    const state = states.get(cursor.conversationId);
    const member = state?.members.get(userId);
    if (state === undefined || member === undefined) return undefined;
    return answerFor(this.#reader, state, member, cursor, this.#leapAboveRevs);
  }

  /** States at least as new as the store when asked: heads in one query, whole states only where this process is behind. */
  async #readFresh(conversationIds: readonly string[]): Promise<Map<string, WorkingState>> {
    const heads = await this.#reader.readHeads(conversationIds);
    const states = new Map<string, WorkingState>();
    for (const [conversationId, head] of heads) {
      const held = await this.#cache.load(conversationId);
      const isBehind = held === null || held.head.rev < head.rev || held.head.mrev < head.mrev;
      const state = isBehind ? await this.#cache.reload(conversationId) : held;
      if (state !== null) states.set(conversationId, state);
    }
    return states;
  }
}
