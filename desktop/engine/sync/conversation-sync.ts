import type { Head, Markers } from '@parley/shared/contract/entities/conversation.ts';
import type { ConversationAnswer, Cursor } from '@parley/shared/contract/operations/sync.ts';
import { type Ask, Refusal } from '../connection/ask.ts';
import type { Hole, StoredConversation } from '../ports/local-store.ts';
import type { AccountContext } from '../store/account-context.ts';
import type { Transaction } from '../store/account-memory.ts';
import { applyRecords, emptyConversation, fillFromPage, type IncomingRecords, mergeMarkers } from './apply-records.ts';
import { addHole, holeAt } from './holes.ts';
import { membershipOf, memberships } from './membership.ts';
import { isOnlyCopy, outdateOne, replaceOutdated } from './other-history.ts';
import { readSeqOf } from './read-marker.ts';
import { readMembers } from './read-members.ts';

const cursorsPerRequest = { atFirst: 5, least: 2, most: 100 };
/** An answer is read in one go: so many are asked for at once as will bring about this many messages. */
const messagesPerAnswer = 250;
const pageSize = 100;
const maxPageTries = 5;
/** Laid and stored in one go: few enough that the process gets round to other things in between. */
const messagesPerBatch = 250;

export interface Push {
  conversationId: string;
  afterRev: number;
  rev: number;
  changeId: string;
  records: IncomingRecords;
}

/** Conversations on this device: pushes, catch-up and pages meet here under one rule (D3, D4, D5). */
export class ConversationSync {
  readonly #context: AccountContext;
  readonly #ask: Ask;
  readonly #recount: (conversationId: string) => void;
  readonly #wanted = new Set<string>();
  #fetching: Promise<void> | undefined;
  /** Per conversation: the highest rev of a change that was dropped because its message is not held. */
  readonly #droppedRevs = new Map<string, number>();
  /** Own intents the server has placed beyond what is held here yet. */
  readonly #placedAhead = new Map<string, { conversationId: string; rev: number }>();

  constructor(context: AccountContext, ask: Ask, recount: (conversationId: string) => void) {
    this.#context = context;
    this.#ask = ask;
    this.#recount = recount;
  }

  /** Lays a push over what is held. False: something in between is missing, and has to be fetched. */
  async apply(transaction: Transaction, push: Push): Promise<boolean> {
    const held = transaction.get('conversations', push.conversationId) ?? emptyConversation(push.conversationId);
    if (held.outdated) return false;
    if (push.rev <= held.rev) {
      for (const message of push.records.messages ?? []) settle(transaction, message.id);
      return true;
    }
    if (push.afterRev > held.rev) return false;
    await this.#lay(transaction, held, push.records, { rev: push.rev, changeId: push.changeId });
    return true;
  }

  /** The server has placed an own intent, and its answer is not all there is to know: the rest is fetched. */
  async fetchPlaced(intentId: string, conversationId: string, rev: number): Promise<void> {
    this.#placedAhead.set(intentId, { conversationId, rev });
    await this.want([conversationId]);
  }

  /** What was placed was placed in a history that is gone. */
  forgetPlaced(conversationId?: string): void {
    for (const [id, placed] of this.#placedAhead)
      if (conversationId === undefined || placed.conversationId === conversationId) this.#placedAhead.delete(id);
  }

  /** The server has placed an own intent: the answer is as good as a push, and settles the outbox's entry. */
  async applyOwn(transaction: Transaction, push: Push & { intentId: string }): Promise<boolean> {
    const isThere = await this.apply(transaction, push);
    if (isThere) settle(transaction, push.intentId);
    else this.#placedAhead.set(push.intentId, { conversationId: push.conversationId, rev: push.rev });
    return isThere;
  }

  /** False: markers in between are missing. */
  applyMarkers(
    transaction: Transaction,
    moved: { conversationId: string; afterMrev: number; mrev: number; markers: Markers[] },
  ): boolean {
    const held = transaction.get('conversations', moved.conversationId);
    if (held?.outdated) this.#wanted.add(moved.conversationId);
    if (held === undefined || held.outdated || moved.mrev <= held.mrev) return true;
    const isNext = moved.afterMrev <= held.mrev;
    const markers = mergeMarkers(held.markers, moved.markers);
    transaction.put('conversations', moved.conversationId, { ...held, markers, ...(isNext && { mrev: moved.mrev }) });
    this.#countIfRead(transaction, moved.conversationId);
    return isNext;
  }

  /** Fetches what these conversations lack. Calls while it runs join in. */
  want(conversationIds: Iterable<string>, progress?: (left: number) => void): Promise<void> {
    for (const id of conversationIds) this.#wanted.add(id);
    this.#fetching ??= this.#fetchWanted(progress);
    return this.#fetching;
  }

  /** Everything the account has, most recent first; then the changes a leap has left for later. */
  async catchUp(progress: (done: number, total: number) => void): Promise<void> {
    const { memory } = this.#context;
    const ids = memberships(memory)
      .map(({ key }) => key)
      .sort((a, b) => lastAt(memory.get('conversations', b)) - lastAt(memory.get('conversations', a)));
    progress(0, ids.length);
    await this.want(ids, (left) => progress(Math.max(0, ids.length - left), ids.length));
    await this.backfill();
  }

  async backfill(): Promise<void> {
    for (const { conversationId, backfill } of [...this.#context.memory.all('conversations')]) {
      if (backfill !== undefined) await this.#backfillOne(conversationId);
    }
  }

  get cursorSums(): { conversations: number; revs: number; mrevs: number } {
    const sums = { conversations: 0, revs: 0, mrevs: 0 };
    for (const { key, state } of memberships(this.#context.memory)) {
      if (state !== 'in') continue;
      const held = this.#held(key);
      sums.conversations += 1;
      sums.revs += held.rev;
      sums.mrevs += held.mrev;
    }
    return sums;
  }

  /** Fetches a page into a hole, from its upper or lower end. False: nothing of the hole was closed. */
  async fill(conversationId: string, seq: number, from: 'above' | 'below'): Promise<boolean> {
    for (let tries = 0; tries < maxPageTries; tries += 1) {
      const current = this.#context.memory.get('conversations', conversationId);
      if (current?.outdated) return false;
      const hole = holeAt(current?.holes ?? [], seq);
      if (hole === undefined) return true;
      const edge =
        from === 'above'
          ? { before: Math.min(hole.toSeq, Math.max(seq, hole.fromSeq)) + 1 }
          : { after: Math.max(hole.fromSeq, seq) - 1 };
      const page = await this.#ask('pageMessages', { conversationId, limit: pageSize, ...edge });
      const filled = stretchOf(page, hole, edge);
      if (filled.fromSeq > filled.toSeq) return false;
      const isLaid = await this.#context.memory.transact((transaction) => {
        const held = transaction.get('conversations', conversationId);
        // Looked at here and not when the page came: a change of one of its messages may have been dropped in between.
        const isStale = page.atRev < (this.#droppedRevs.get(conversationId) ?? 0);
        if (held === undefined || held.outdated || isStale) return false;
        transaction.put('conversations', conversationId, fillFromPage(transaction, held, page.messages, filled));
        for (const { id } of page.messages) settle(transaction, id);
        return true;
      });
      if (isLaid) {
        // Whoever it was fetched for: what lay in the hole may be unread.
        this.#recount(conversationId);
        return true;
      }
    }
    return false;
  }

  async #fetchWanted(progress: ((left: number) => void) | undefined): Promise<void> {
    // Lets those that are wanted in the same task come along.
    await Promise.resolve();
    try {
      let atOnce = cursorsPerRequest.atFirst;
      while (this.#wanted.size > 0) {
        const received = await this.#fetchSome([...this.#wanted].slice(0, atOnce));
        const fitting = Math.round((atOnce * messagesPerAnswer) / Math.max(1, received));
        atOnce = Math.min(Math.max(fitting, cursorsPerRequest.least), cursorsPerRequest.most);
        progress?.(this.#wanted.size);
      }
    } finally {
      this.#fetching = undefined;
    }
  }

  /** Answers how many messages came. */
  async #fetchSome(ids: readonly string[]): Promise<number> {
    for (const id of ids) this.#wanted.delete(id);
    const cursors = ids.filter((id) => !isOnlyCopy(this.#context, id)).map((id) => this.#cursor(id));
    if (cursors.length === 0) return 0;
    const { answers, unanswered } = await this.#askFor(cursors);
    const asked = new Map(cursors.map((cursor) => [cursor.conversationId, cursor]));
    for (const some of inBatches(answers)) {
      await this.#context.memory.transact(async (transaction) => {
        for (const answer of some) {
          const cursor = asked.get(answer.conversationId);
          if (cursor !== undefined) await this.#layAnswer(transaction, answer, cursor);
        }
      });
    }
    for (const id of unanswered) this.#wanted.add(id);
    for (const { conversationId, cursor, head } of answers) if (cursor < head.rev) this.#wanted.add(conversationId);
    for (const id of ids) if (!this.#wanted.has(id)) await this.#dropPlaced(id);
    return answers.reduce((count, { records }) => count + messagesIn(records), 0);
  }

  async #askFor(cursors: Cursor[]) {
    try {
      const answer = await this.#ask('syncConversations', { cursors });
      requireProgress(cursors, answer.answers, answer.unanswered);
      return { ...answer, answers: await Promise.all(answer.answers.map((one) => this.#withAllMembers(one))) };
    } catch (error) {
      // Whoever comes next asks for these, too.
      if (error instanceof Refusal && error.class === 'retry')
        for (const { conversationId } of cursors) this.#wanted.add(conversationId);
      throw error;
    }
  }

  #held(conversationId: string): StoredConversation {
    return standing(this.#context.memory.get('conversations', conversationId), conversationId);
  }

  /** Stored only with everyone in it: the cursor is to say that everything is here. */
  async #withAllMembers(answer: ConversationAnswer): Promise<ConversationAnswer> {
    const { conversationId, head, leap, records } = answer;
    if (leap?.membersAfter === undefined) return answer;
    const { atRev, members } = await readMembers(this.#ask, conversationId, leap.membersAfter);
    if (atRev < head.rev) throw new Refusal('unavailable');
    return { ...answer, records: { ...records, members: [...(records.members ?? []), ...members] } };
  }

  #cursor(conversationId: string): Cursor {
    const { rev, mrev, seq, changeId } = this.#held(conversationId);
    return { conversationId, rev, mrev, seq, ...(changeId !== '' && { changeId }) };
  }

  async #layAnswer(transaction: Transaction, answer: ConversationAnswer, asked: Cursor): Promise<void> {
    const { conversationId, head } = answer;
    const known = transaction.get('conversations', conversationId);
    const held = standing(known, conversationId);
    // Put out since it was asked.
    if (isOnlyCopy(this.#context, conversationId)) return;
    // Begun anew since it was asked: what lies above the cursor that was sent would stand on nothing.
    if (held.rev < asked.rev) {
      this.#wanted.add(conversationId);
      return;
    }
    if (isOtherHistory(asked, head) && membershipOf(this.#context.memory, conversationId)?.state === 'in') {
      this.forgetPlaced(conversationId);
      await outdateOne(this.#context, transaction, held, asked.rev > head.rev ? head.rev : 0);
      this.#wanted.add(conversationId);
      return;
    }
    if (known?.outdated) {
      await replaceOutdated(this.#context, transaction, known);
      this.#droppedRevs.delete(conversationId);
    }
    const base = answer.leap === undefined ? held : leapt(held, answer.cursor, answer.leap.belowSeq);
    const changeId = answer.cursor === head.rev ? head.changeId : '';
    const to =
      answer.cursor >= held.rev ? { rev: answer.cursor, changeId } : { rev: held.rev, changeId: held.changeId };
    const laid = await this.#lay(transaction, base, answer.records, to);
    if (answer.markers === undefined) return;
    transaction.put('conversations', conversationId, {
      ...laid,
      markers: mergeMarkers(laid.markers, answer.markers),
      mrev: Math.max(laid.mrev, head.mrev),
    });
    this.#countIfRead(transaction, conversationId);
  }

  async #lay(
    transaction: Transaction,
    held: StoredConversation,
    records: IncomingRecords,
    to: { rev: number; changeId: string },
  ): Promise<StoredConversation> {
    const { conversationId } = held;
    const readSeq = readSeqOf(transaction, conversationId, this.#context.userId);
    // Where all that is held is read, what comes on top is all there is to count.
    const isRead = held.seq <= readSeq;
    const hasMoved = held.unread.readSeq !== readSeq;
    const counted = hasMoved ? { ...held, unread: { readSeq, count: isRead ? 0 : held.unread.count } } : held;
    const applied = await applyRecords(transaction, counted, records, this.#context.userId);
    const conversation = { ...applied.conversation, ...to };
    transaction.put('conversations', conversationId, conversation);
    for (const id of applied.settledIds) settle(transaction, id);
    if (applied.droppedRev > 0) {
      this.#droppedRevs.set(conversationId, Math.max(applied.droppedRev, this.#droppedRevs.get(conversationId) ?? 0));
    }
    if (applied.mustRecount || (hasMoved && !isRead) || conversation.holes.length > held.holes.length)
      this.#recount(conversationId);
    return conversation;
  }

  #countIfRead(transaction: Transaction, conversationId: string): void {
    const readSeq = readSeqOf(transaction, conversationId, this.#context.userId);
    if (transaction.get('conversations', conversationId)?.unread.readSeq !== readSeq) this.#recount(conversationId);
  }

  /** Own messages that ended up in a hole are not waited for: the server has them at or below the cursor. */
  async #dropPlaced(conversationId: string): Promise<void> {
    const { rev } = this.#held(conversationId);
    const covered = [...this.#placedAhead].filter(
      ([, placed]) => placed.conversationId === conversationId && placed.rev <= rev,
    );
    if (covered.length === 0) return;
    await this.#context.memory.transact((transaction) => {
      for (const [id] of covered) settle(transaction, id);
    });
    for (const [id] of covered) this.#placedAhead.delete(id);
  }

  async #backfillOne(conversationId: string): Promise<void> {
    const { memory } = this.#context;
    for (;;) {
      const backfill = memory.get('conversations', conversationId)?.backfill;
      if (backfill === undefined) return;
      const page = await this.#ask('syncChanges', { conversationId, ...backfill });
      if (page.more && page.rev <= backfill.afterRev) throw new Refusal('internal');
      await memory.transact(async (transaction) => {
        const held = transaction.get('conversations', conversationId);
        if (held?.backfill === undefined) return;
        const laid = await this.#lay(transaction, held, page.records, { rev: held.rev, changeId: held.changeId });
        const { backfill: _, ...done } = laid;
        const rest = { ...held.backfill, afterRev: Math.max(held.backfill.afterRev, page.rev) };
        // Another leap may have come meanwhile: it reaches further than what was asked.
        const isThrough = !page.more && held.backfill.throughRev === backfill.throughRev;
        transaction.put('conversations', conversationId, isThrough ? done : { ...done, backfill: rest });
      });
    }
  }
}

function messagesIn({ messages = [] }: IncomingRecords): number {
  return messages.length;
}

/** Conversations together, as long as what was said in them is not too much. */
function inBatches(answers: readonly ConversationAnswer[]): ConversationAnswer[][] {
  const batches: ConversationAnswer[][] = [];
  let room = 0;
  for (const answer of answers) {
    const size = messagesIn(answer.records);
    if (size > room || batches.length === 0) {
      batches.push([]);
      room = messagesPerBatch;
    }
    batches.at(-1)?.push(answer);
    room -= size;
  }
  return batches;
}

/** What an answer is laid over: nothing, where what is held is of another history. */
function standing(held: StoredConversation | undefined, conversationId: string): StoredConversation {
  return held === undefined || held.outdated ? emptyConversation(conversationId) : held;
}

function lastAt(held: StoredConversation | undefined): number {
  return held?.lastMessage !== undefined && 'at' in held.lastMessage ? held.lastMessage.at : 0;
}

function settle(transaction: Transaction, id: string | undefined): void {
  if (id !== undefined && transaction.get('outbox', id) !== undefined) transaction.put('outbox', id, null);
}

/** An answer after which the same would be asked again, and again, is not one. */
function requireProgress(
  cursors: readonly Cursor[],
  answers: readonly ConversationAnswer[],
  unanswered: readonly string[],
): void {
  const asked = new Map(cursors.map(({ conversationId, rev }) => [conversationId, rev]));
  const isStuck = answers.some(
    ({ conversationId, cursor, head }) => cursor < head.rev && cursor <= (asked.get(conversationId) ?? Infinity),
  );
  const isUnasked = unanswered.some((conversationId) => !asked.has(conversationId));
  if (isStuck || isUnasked || (unanswered.length > 0 && answers.length === 0)) throw new Refusal('internal');
}

/** Judged by the cursor that was sent: pushes may have moved on meanwhile. */
function isOtherHistory(asked: Cursor, head: Head): boolean {
  return (
    asked.rev > head.rev || (asked.rev === head.rev && asked.changeId !== undefined && asked.changeId !== head.changeId)
  );
}

/**
 * The device was too far behind: what lies between is a hole, and what changed below the newest page is still to be fetched, even where
 * the page reaches down to what the device holds.
 */
function leapt(held: StoredConversation, throughRev: number, belowSeq: number): StoredConversation {
  const afterRev = held.backfill?.afterRev ?? held.rev;
  const throughSeq = Math.min(held.seq, belowSeq - 1);
  return {
    ...held,
    seq: Math.max(held.seq, belowSeq - 1),
    holes: addHole(held.holes, { fromSeq: held.seq + 1, toSeq: belowSeq - 1 }),
    ...(throughSeq > 0 && { backfill: { afterRev, throughRev, throughSeq } }),
  };
}

/** The stretch of a hole that a page has answered for. */
function stretchOf(
  page: { messages: { seq: number }[]; hasMore: boolean },
  hole: Hole,
  edge: { before: number } | { after: number },
): Hole {
  if ('before' in edge) {
    const lowest = page.messages[0]?.seq;
    return { fromSeq: page.hasMore && lowest !== undefined ? lowest : hole.fromSeq, toSeq: edge.before - 1 };
  }
  const highest = page.messages.at(-1)?.seq;
  return { fromSeq: edge.after + 1, toSeq: page.hasMore && highest !== undefined ? highest : hole.toSeq };
}
