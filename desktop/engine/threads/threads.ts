import type { ReceivedMessage } from '@parley/shared/contract/entities/message.ts';
import type { ThreadView } from '../api/views.ts';
import type { Hole } from '../ports/local-store.ts';
import type { AccountContext } from '../store/account-context.ts';
import type { Committed } from '../store/account-memory.ts';
import type { ConversationSync } from '../sync/conversation-sync.ts';
import { holeAt, visibleCount } from '../sync/holes.ts';
import { membershipOf } from '../sync/membership.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { refusalIn } from '../views/conversation-view.ts';
import { type MessageContext, type ReceiptCount, reachOf, viewMessage, viewWaiting } from '../views/message-view.ts';
import { emptyWindow, extendWindow, replaceInWindow, type ThreadWindow } from './thread-window.ts';

const pageSize = 60;
/** How much of what is read already shows above the first unread message. */
const contextSize = 25;

interface OpenThread {
  window: ThreadWindow;
  state: 'loading' | 'ready';
  dividerAfterSeq: number | undefined;
  dividerAt: number | undefined;
  focus: ThreadView['focus'];
  /** Messages answered to that lie outside the window; `null`: not on this device. */
  replies: Map<string, ReceivedMessage | null>;
  shownIds: Set<string>;
  /** What the window shows is of another history. */
  isOutdated: boolean;
}

/** The open threads: which stretch of each is shown, read from the store and, where that has holes, from the server. */
export class Threads {
  readonly #context: AccountContext;
  readonly #sync: ConversationSync;
  readonly #outbox: Outbox;
  readonly #isConnected: () => boolean;
  readonly #countsOf: (conversationId: string) => ReadonlyMap<number, ReceiptCount> | undefined;
  readonly #open = new Map<string, OpenThread>();
  #nonce = 0;

  constructor(options: {
    context: AccountContext;
    sync: ConversationSync;
    outbox: Outbox;
    isConnected: () => boolean;
    countsOf: (conversationId: string) => ReadonlyMap<number, ReceiptCount> | undefined;
  }) {
    this.#context = options.context;
    this.#sync = options.sync;
    this.#outbox = options.outbox;
    this.#isConnected = options.isConnected;
    this.#countsOf = options.countsOf;
  }

  isOpen(conversationId: string): boolean {
    return this.#open.has(conversationId);
  }

  get openIds(): string[] {
    return [...this.#open.keys()];
  }

  /** My messages in an open thread's stretch, lowest first. */
  ownSeqs(conversationId: string): number[] {
    const { userId } = this.#context;
    const held = [...(this.#open.get(conversationId)?.window.messages.values() ?? [])];
    const own = held.filter((message) => message.kind === 'text' && message.authorId === userId);
    return own.map(({ seq }) => seq).sort((a, b) => a - b);
  }

  async open(conversationId: string): Promise<void> {
    if (this.#open.has(conversationId)) return;
    const held = this.#context.memory.get('conversations', conversationId);
    const { readSeq, count } = held?.unread ?? { readSeq: 0, count: 0 };
    const thread: OpenThread = {
      window: emptyWindow((count > 0 ? readSeq : (held?.seq ?? 0)) + 1),
      state: 'loading',
      dividerAfterSeq: count > 0 ? readSeq : undefined,
      dividerAt: undefined,
      focus: undefined,
      replies: new Map(),
      shownIds: new Set(),
      isOutdated: held?.outdated !== undefined,
    };
    this.#open.set(conversationId, thread);
    this.publish(conversationId);
    try {
      if (count > 0) await this.#load(conversationId, 'newer', pageSize);
      await this.#load(conversationId, 'older', count > 0 ? contextSize : pageSize);
    } finally {
      // Where the line broke meanwhile there is a gap, which can be asked for again; a thread that loads for ever cannot.
      thread.state = 'ready';
      this.publish(conversationId);
    }
  }

  close(conversationId: string): void {
    if (!this.#open.delete(conversationId)) return;
    const { feed, key } = this.#context;
    feed.set(key, 'threads', conversationId, null);
    feed.set(key, 'members', conversationId, null);
    feed.clear(key, 'messages', `${conversationId}/`);
  }

  async lengthen(conversationId: string, end: 'older' | 'newer'): Promise<void> {
    await this.#load(conversationId, end, pageSize);
    this.publish(conversationId);
  }

  async jumpToNewest(conversationId: string): Promise<void> {
    const seq = this.#context.memory.get('conversations', conversationId)?.seq ?? 0;
    await this.#moveTo(conversationId, seq + 1, () => this.#load(conversationId, 'older', pageSize));
  }

  async jumpToMessage(conversationId: string, messageId: string): Promise<void> {
    const thread = this.#open.get(conversationId);
    const [message] = await this.#context.memory.messages.findMessages(conversationId, [messageId]);
    if (thread === undefined || message === undefined) return;
    if (!thread.window.messages.has(message.seq)) {
      await this.#moveTo(conversationId, message.seq, async () => {
        await this.#load(conversationId, 'newer', pageSize);
        await this.#load(conversationId, 'older', contextSize);
      });
    }
    this.#nonce += 1;
    thread.focus = { messageId, nonce: this.#nonce };
    this.publish(conversationId);
  }

  /** Takes in what a transaction has changed. */
  committed({ messages, changed }: Committed): void {
    for (const [conversationId, thread] of this.#open) {
      const own = messages.filter((stored) => stored.conversationId === conversationId).map(({ message }) => message);
      const isTouched = changed.get('conversations')?.has(conversationId) === true;
      if (own.length === 0 && !isTouched) continue;
      thread.window = this.#standing(conversationId, thread, own);
      thread.window = grown(replaceInWindow(thread.window, own), own);
      for (const message of own) if (thread.replies.has(message.id)) thread.replies.set(message.id, message);
    }
  }

  /** The window as it can be extended: begun anew where there was nothing, or where what it shows is of another history. */
  #standing(conversationId: string, thread: OpenThread, stored: readonly ReceivedMessage[]): ThreadWindow {
    const held = this.#context.memory.get('conversations', conversationId);
    const { window, state, isOutdated } = thread;
    thread.isOutdated = held?.outdated !== undefined;
    const seq = held?.seq ?? 0;
    const isGone = window.toSeq > seq || (isOutdated && !thread.isOutdated);
    const isNothingYet = state === 'ready' && window.toSeq === 0;
    if (!isGone && !isNothingYet) return window;
    const lowest = Math.min(...stored.map((message) => message.seq), seq + 1);
    return emptyWindow(lowest);
  }

  /** Tells the UI what an open thread shows now. */
  publish(conversationId: string): void {
    const thread = this.#open.get(conversationId);
    if (thread === undefined) return;
    const { feed, key, memory, userId } = this.#context;
    const held = memory.get('conversations', conversationId);
    const view = this.#view(conversationId, thread);
    feed.set(key, 'threads', conversationId, view);
    const members = held?.members
      .filter((member) => member.state === 'in')
      .map(({ userId: id, role }) => ({ userId: id, role }));
    feed.set(key, 'members', conversationId, members ?? []);

    const byId = new Map([...thread.window.messages.values()].map((message) => [message.id, message]));
    const missing = new Set<string>();
    const context: MessageContext = {
      conversationId,
      userId,
      reach: held === undefined ? [] : reachOf(held, userId),
      counts: this.#countsOf(conversationId),
      find: (id) => {
        const found = byId.get(id) ?? thread.replies.get(id);
        if (found === undefined) missing.add(id);
        return found ?? undefined;
      },
    };
    const lane = view.newer === 'none' ? this.#outbox.lane(conversationId) : [];
    const refusalOf = refusalIn(lane);
    const views = [
      ...[...byId.values()].map((message) => viewMessage(message, context)),
      ...lane.map((intent) => viewWaiting(intent, context, refusalOf(intent))),
    ].filter((message) => message !== undefined);
    const shownIds = new Set(views.map(({ id }) => id));
    for (const message of views) feed.set(key, 'messages', `${conversationId}/${message.id}`, message);
    for (const id of thread.shownIds) if (!shownIds.has(id)) feed.set(key, 'messages', `${conversationId}/${id}`, null);
    thread.shownIds = shownIds;
    if (missing.size > 0) void this.#findReplies(conversationId, thread, [...missing]);
  }

  #view(conversationId: string, thread: OpenThread): ThreadView {
    const older = this.#beyond(conversationId, thread.window.fromSeq - 1);
    const newer = this.#beyond(conversationId, thread.window.toSeq + 1);
    return {
      conversationId,
      state: thread.state,
      older: older.kind,
      ...(older.count > 0 && { olderGapCount: older.count }),
      newer: newer.kind,
      ...(thread.dividerAfterSeq !== undefined && { dividerAfterSeq: thread.dividerAfterSeq }),
      ...(thread.dividerAt !== undefined && { dividerAt: thread.dividerAt }),
      ...(thread.focus && { focus: thread.focus }),
    };
  }

  /** What lies at a seq just outside the window. */
  #beyond(conversationId: string, seq: number): { kind: 'more' | 'gap' | 'none'; count: number } {
    const held = this.#context.memory.get('conversations', conversationId);
    if (held === undefined || seq < 1 || seq > held.seq) return { kind: 'none', count: 0 };
    const hole = holeAt(held.holes, seq);
    if (hole === undefined) return { kind: 'more', count: 0 };
    const count = this.#visibleIn(conversationId, hole);
    // With a connection a gap is no more than a page that takes a little longer.
    if (count > 0) return this.#isConnected() ? { kind: 'more', count: 0 } : { kind: 'gap', count };
    const isBelow = seq === hole.toSeq;
    return this.#beyond(conversationId, isBelow ? hole.fromSeq - 1 : hole.toSeq + 1);
  }

  #visibleIn(conversationId: string, hole: Hole): number {
    return visibleCount(membershipOf(this.#context.memory, conversationId)?.ranges ?? [], hole);
  }

  async #moveTo(conversationId: string, belowSeq: number, load: () => Promise<void>): Promise<void> {
    const thread = this.#open.get(conversationId);
    if (thread === undefined) return;
    thread.window = emptyWindow(belowSeq);
    await load();
    this.publish(conversationId);
  }

  async #load(conversationId: string, end: 'older' | 'newer', limit: number): Promise<void> {
    const thread = this.#open.get(conversationId);
    const { memory } = this.#context;
    const held = memory.get('conversations', conversationId);
    if (thread === undefined || held === undefined) return;
    const edge = end === 'older' ? thread.window.fromSeq - 1 : thread.window.toSeq + 1;
    if (edge < 1 || edge > held.seq) return;
    const hole = holeAt(held.holes, edge);
    if (hole !== undefined && this.#visibleIn(conversationId, hole) > 0) {
      if (!this.#isConnected()) return;
      if (!(await this.#sync.fill(conversationId, edge, end === 'older' ? 'above' : 'below'))) return;
    }
    const messages = await this.#read(conversationId, edge, end, limit);
    if (this.#open.get(conversationId) === thread) thread.window = extendWindow(thread.window, messages, end);
  }

  /** Reads from `edge` on, or from behind the hole there of which nothing may be seen, up to the next hole. */
  async #read(conversationId: string, edge: number, end: 'older' | 'newer', limit: number): Promise<ReceivedMessage[]> {
    const { memory } = this.#context;
    const held = memory.get('conversations', conversationId);
    const holes = held?.holes ?? [];
    const from = skipHole(holes, edge, end);
    if (end === 'older') {
      const below = holes.findLast((hole) => hole.toSeq < from)?.toSeq ?? 0;
      return memory.messages.readMessages({ conversationId, fromSeq: below + 1, toSeq: from, limit, take: 'newest' });
    }
    const above = holes.find((hole) => hole.fromSeq > from)?.fromSeq ?? (held?.seq ?? 0) + 1;
    return memory.messages.readMessages({ conversationId, fromSeq: from, toSeq: above - 1, limit, take: 'oldest' });
  }

  async #findReplies(conversationId: string, thread: OpenThread, ids: string[]): Promise<void> {
    for (const id of ids) thread.replies.set(id, null);
    const found = await this.#context.memory.messages.findMessages(conversationId, ids);
    for (const message of found) thread.replies.set(message.id, message);
    if (found.length > 0) this.publish(conversationId);
  }
}

/** A window that reached to the newest message goes on reaching to it. */
function grown(window: ThreadWindow, stored: readonly ReceivedMessage[]): ThreadWindow {
  const next: ReceivedMessage[] = [];
  for (const message of [...stored].sort((a, b) => a.seq - b.seq)) {
    if (message.seq === window.toSeq + next.length + 1) next.push(message);
  }
  return extendWindow(window, next, 'newer');
}

function skipHole(holes: readonly { fromSeq: number; toSeq: number }[], edge: number, end: 'older' | 'newer'): number {
  const hole = holes.find(({ fromSeq, toSeq }) => edge >= fromSeq && edge <= toSeq);
  if (hole === undefined) return edge;
  return end === 'older' ? hole.fromSeq - 1 : hole.toSeq + 1;
}
