import { canSeeSeq } from '@parley/shared/model/visibility.ts';
import type { ConversationReader } from '../../storage/port/conversations.ts';
import type { VisibleRange } from '../../storage/port/records.ts';
import type { Caller } from '../caller.ts';
import type { Answer } from '../domain.ts';
import { DomainError } from '../domain-error.ts';
import type { Acquaintance } from '../policies/acquaintance.ts';
import { requireEverMember, requireMember } from '../policies/membership.ts';
import { answerMaxBytes, fitting } from '../sync/answer-size.ts';
import { headFor, messageFor } from '../sync/viewer.ts';
import type { ConversationCache } from './conversation-cache.ts';
import type { ConversationWriter } from './conversation-writer.ts';
import type { DirectConversationId } from './direct.ts';
import type { Markers } from './markers.ts';
import type { Decision, Place } from './plan.ts';
import { activeMemberCount, ofActiveMembers, type WorkingState } from './working-state.ts';

/** Sending messages and reading pages of them. */
export class Messages {
  readonly #writer: ConversationWriter;
  readonly #reader: ConversationReader;
  readonly #cache: ConversationCache;
  readonly #acquaintance: Acquaintance;
  readonly #markers: Markers;
  readonly #directIdOf: DirectConversationId;
  readonly #maxChars: number;

  constructor(options: {
    writer: ConversationWriter;
    reader: ConversationReader;
    cache: ConversationCache;
    acquaintance: Acquaintance;
    markers: Markers;
    directIdOf: DirectConversationId;
    messageMaxChars: number;
  }) {
    this.#writer = options.writer;
    this.#reader = options.reader;
    this.#cache = options.cache;
    this.#acquaintance = options.acquaintance;
    this.#markers = options.markers;
    this.#directIdOf = options.directIdOf;
    this.#maxChars = options.messageMaxChars;
  }

  readonly send: Answer<'sendMessage'> = async (caller, input) => {
    const { id, conversationId, text, replyTo, directWith, readUpTo } = input;
    if (replyTo !== undefined) await this.#requireReplyTarget(caller, conversationId, replyTo);
    if (directWith !== undefined) await this.#requireDirect(caller, conversationId, directWith);
    const placed = await this.#writer.submit({
      id,
      userId: caller.userId,
      socketId: caller.socketId,
      conversationId,
      act: 'text',
      plan: (state, place) => {
        if (text.length > this.#maxChars) throw this.#tooLong();
        const body = { kind: 'text', text, ...(replyTo !== undefined && { replyTo }) } as const;
        if (state === null && directWith !== undefined)
          return { ...firstOfDirect([caller.userId, directWith], place), body };
        const { state: current } = requireMember(state, caller.userId);
        if (directWith !== undefined) requireDirectWith(current, directWith);
        return { body };
      },
    });
    if (readUpTo !== undefined) {
      this.#markers.moveLater(caller.userId, { conversationId, read: readUpTo });
    }
    return placed;
  };

  readonly page: Answer<'pageMessages'> = async (caller, { conversationId, before, after, limit }) => {
    const place = { limit, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
    let { state, member } = await this.#cache.require(conversationId, (current) =>
      requireEverMember(current, caller.userId),
    );
    for (;;) {
      const { ranges } = member;
      const page = await this.#reader.readPage({ conversationId, ranges, ...place });
      if (page.atRev > state.head.rev) {
        // It may hold what was said after the reader's removal: the state that allowed it has to be as new as the page.
        ({ state, member } = requireEverMember(await this.#cache.reload(conversationId), caller.userId));
        if (!areSame(ranges, member.ranges)) continue;
      }
      const atRev = Math.min(page.atRev, headFor(state, member).rev);
      const visible = page.messages.flatMap((record) => messageFor(member, record) ?? []);
      const messages =
        after === undefined
          ? fitting(visible.toReversed(), answerMaxBytes).toReversed()
          : fitting(visible, answerMaxBytes);
      return { atRev, messages, hasMore: page.hasMore || messages.length < visible.length };
    }
  };

  /** Above so many members markers are not pushed: an author asks for what is on the screen (D9). */
  readonly countReceipts: Answer<'countReceipts'> = async (caller, { conversationId, seqs }) => {
    const state = await this.#cache.require(conversationId, (current) => {
      const found = requireMember(current, caller.userId);
      const isThere = (seq: number) => seq <= found.state.head.seq && canSeeSeq(found.member.ranges, seq);
      if (!seqs.every((seq) => seq > 0 && isThere(seq))) throw new DomainError('not_found', 'No such message');
      return found.state;
    });
    const { markers } = await this.#reader.readMarkers(conversationId);
    const others = ofActiveMembers(state, markers).filter(({ userId }) => userId !== caller.userId);
    return {
      receipts: seqs.map((seq) => ({
        seq,
        delivered: others.filter((marker) => marker.delivered >= seq).length,
        read: others.filter((marker) => marker.read >= seq).length,
        others: activeMemberCount(state) - 1,
      })),
    };
  };

  #tooLong(): DomainError {
    return new DomainError('message_too_long', `This server takes messages of up to ${this.#maxChars} characters`);
  }

  async #requireReplyTarget(caller: Caller, conversationId: string, messageId: string): Promise<void> {
    const found = await this.#reader.findMessage(messageId);
    await this.#cache.require(conversationId, (state) => {
      const ranges = state?.members.get(caller.userId)?.ranges ?? [];
      if (found?.conversationId !== conversationId || !canSeeSeq(ranges, found.message.seq)) {
        throw new DomainError('reply_target_missing', 'The message answered to is not in this conversation');
      }
    });
  }

  /** A first message may make its conversation: the id has to be the one of these two, who have to know each other. */
  async #requireDirect(caller: Caller, conversationId: string, userId: string): Promise<void> {
    if (userId === caller.userId) throw new DomainError('contact_is_self', 'There is no conversation with oneself');
    if (this.#directIdOf(caller.userId, userId) !== conversationId) {
      throw new DomainError('not_a_member', 'This is not the id of a conversation with that person');
    }
    if (this.#cache.peek(conversationId) !== undefined) return;
    if ((await this.#cache.load(conversationId)) !== null) return;
    if (!(await this.#acquaintance.reachable(caller.userId, [userId])).has(userId)) {
      throw new DomainError('no_such_person', 'That person is not known to you');
    }
  }
}

function areSame(ranges: readonly VisibleRange[], others: readonly VisibleRange[]): boolean {
  return ranges.length === others.length && ranges.at(-1)?.untilRev === others.at(-1)?.untilRev;
}

/** What goes to one person must not end up with others. */
function requireDirectWith({ info, members }: WorkingState, userId: string): void {
  if (info.kind !== 'direct' || !members.has(userId)) {
    throw new DomainError('not_a_member', 'This is not the conversation with that person');
  }
}

function firstOfDirect(userIds: readonly string[], place: Place): Omit<Decision, 'body'> {
  return {
    info: { kind: 'direct', history: 'everything', createdAt: place.at, rev: place.rev },
    members: userIds.map((userId) => ({
      userId,
      role: 'member',
      state: 'in',
      ranges: [{ fromRev: 0, fromSeq: 0 }],
      rev: place.rev,
    })),
  };
}
