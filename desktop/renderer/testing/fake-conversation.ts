import type { ConversationView, MemberView, MessageView, ReplyView, ThreadView } from '../../engine/api/views.ts';
import { type Chat, ids, type Line } from './choir.ts';

const pageSize = 50;

/** The time `daysAgo` days before `now`, at `time` ("18:22") by this machine's clock. */
export function timeOf({ daysAgo, time }: Pick<Line, 'daysAgo' | 'time'>, now: number): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const day = new Date(now);
  day.setDate(day.getDate() - daysAgo);
  return day.setHours(hours, minutes, 0, 0);
}

/** One conversation as the fake knows it: everything that was said, and the stretch of it that is open. */
export class FakeConversation {
  view: ConversationView;
  members: MemberView[];
  readonly messages: MessageView[] = [];
  thread: ThreadView | undefined;
  #first = 0;
  #end = 0;
  #focusCount = 0;

  constructor(chat: Chat, now: number) {
    for (const line of chat.lines) this.messages.push(this.#messageOf(chat.view.id, line, now));
    const lastMessage = this.messages.at(-1);
    this.members = [...chat.members];
    this.view = {
      state: 'in',
      mentions: 0,
      mutedUntil: 0,
      hasNotSent: false,
      readSeq: this.messages.length - chat.view.unread,
      activeAt: lastMessage?.at ?? now,
      memberCount: chat.members.length,
      canWrite: true,
      isOwner: false,
      ...(lastMessage ? { lastMessage } : {}),
      ...chat.view,
    };
  }

  #messageOf(conversationId: string, line: Line, now: number): MessageView {
    const seq = this.messages.length + 1;
    const replied = this.messages.find(({ id }) => id === line.replyTo);
    const content: MessageView['content'] = line.isScrubbed
      ? { kind: 'scrubbed' }
      : line.event
        ? { kind: 'system', event: line.event }
        : { kind: 'text', text: line.text ?? '', ...(replied ? { replyTo: replyViewOf(replied) } : {}) };
    return {
      id: line.id,
      conversationId,
      seq,
      order: seq,
      at: timeOf(line, now),
      authorId: line.by,
      isMine: line.by === ids.maud,
      content,
      ...(line.delivery ? { delivery: line.delivery } : {}),
    };
  }

  get stretch(): readonly MessageView[] {
    return this.thread?.state === 'ready' ? this.messages.slice(this.#first, this.#end) : [];
  }

  open(): void {
    const { unread, readSeq } = this.view;
    const firstUnread = this.messages.findIndex(({ seq = Infinity }) => seq > readSeq);
    this.#end = this.messages.length;
    this.#first = Math.max(0, Math.min(this.#end - pageSize, firstUnread < 0 ? Infinity : firstUnread - 10));
    this.#show(unread > 0 ? { dividerAfterSeq: readSeq } : {});
  }

  close(): void {
    this.thread = undefined;
  }

  loadOlder(): void {
    this.#first = Math.max(0, this.#first - pageSize);
    this.#show();
  }

  loadNewer(): void {
    this.#end = Math.min(this.messages.length, this.#end + pageSize);
    this.#show();
  }

  jumpToNewest(): void {
    this.#end = this.messages.length;
    this.#first = Math.max(0, this.#end - pageSize);
    this.#show();
  }

  jumpToMessage(messageId: string): void {
    const index = this.messages.findIndex(({ id }) => id === messageId);
    if (index < 0) return;
    if (index < this.#first || index >= this.#end) {
      this.#first = Math.max(0, index - pageSize / 2);
      this.#end = Math.min(this.messages.length, index + pageSize / 2);
    }
    this.#focusCount += 1;
    this.#show({ focus: { messageId, nonce: this.#focusCount } });
  }

  /** Adds or replaces a message; the open stretch follows when it stood at the newest. */
  put(message: MessageView): void {
    const wasAtEnd = this.#end === this.messages.length;
    const index = this.messages.findIndex(({ id }) => id === message.id);
    if (index >= 0) this.messages[index] = message;
    else this.messages.push(message);
    this.messages.sort((a, b) => a.order - b.order);
    if (wasAtEnd) this.#end = this.messages.length;
    if (this.thread) this.#show();
    this.#takeLast();
  }

  remove(messageId: string): void {
    const index = this.messages.findIndex(({ id }) => id === messageId);
    if (index < 0) return;
    this.messages.splice(index, 1);
    this.#end = Math.min(this.#end, this.messages.length);
    this.#takeLast();
  }

  #takeLast(): void {
    const last = this.messages.at(-1);
    if (last) this.view = { ...this.view, lastMessage: last, activeAt: last.at };
  }

  #show(more: Partial<ThreadView> = {}): void {
    this.thread = {
      ...this.thread,
      conversationId: this.view.id,
      state: 'ready',
      older: this.#first > 0 ? 'more' : 'none',
      newer: this.#end < this.messages.length ? 'more' : 'none',
      ...more,
    };
  }
}

export function replyViewOf(message: MessageView): ReplyView {
  return {
    id: message.id,
    ...(message.authorId === undefined ? {} : { authorId: message.authorId }),
    ...(message.content.kind === 'text' ? { text: message.content.text } : {}),
  };
}
