import type { AccountKey } from '../../engine/api/views.ts';
import type { Arrival, NoticedMessage, NoticesPort } from '../../engine/ports/notices.ts';
import type { NoticePreferences, NoticeRecord, NoticeTarget } from '../../ipc/shell-api.ts';
import { decideNotice, type NoticedConversation, type NoticeDecision, shownOneByOne } from './decide-notice.ts';
import type { NoticeWords } from './notice-words.ts';

export interface Notice {
  title: string;
  body: string;
  target: NoticeTarget;
  canReply: boolean;
  isSilent: boolean;
}

/** Shows a notification until it is closed. */
export type PresentNotice = (notice: Notice, on: { clicked(): void; replied(text: string): void }) => { close(): void };

export interface NoticeCentreOptions {
  present: PresentNotice;
  words: NoticeWords;
  preferences(): NoticePreferences;
  conversation(account: AccountKey, conversationId: string): NoticedConversation;
  isOnScreen(account: AccountKey, conversationId: string): boolean;
  open(target: NoticeTarget): void;
  reply(target: Required<NoticeTarget>, text: string): void;
  now(): number;
  minuteOfDay(): number;
  schedule(run: () => void, delayMs: number): () => void;
}

/** Messages of one conversation that come within this time are one burst. */
const burstMs = 10_000;
/** A summary waits this long for more to come, once. */
const gatherMs = 2_000;
const bodyMaxChars = 240;
const recordsAtMost = 100;
const raisedAtMost = 100;

/** A notification that is shown. `highest`: by conversation, the newest message it tells of. */
interface Raised {
  account: AccountKey;
  highest: Map<string, number>;
  count: number;
  at: number;
  close(): void;
}

/** Tells the person of this device what has come, and takes it back when it is read. */
export class NoticeCentre implements NoticesPort {
  readonly #options: NoticeCentreOptions;
  readonly #raised = new Set<Raised>();
  /** Bursts that wait for their summary, by account and conversation. */
  readonly #gathering = new Map<string, { arrival: Arrival; cancel(): void }>();
  readonly #records: NoticeRecord[] = [];

  constructor(options: NoticeCentreOptions) {
    this.#options = options;
  }

  /** Newest first. */
  get records(): readonly NoticeRecord[] {
    return this.#records;
  }

  arrived(arrivals: Arrival[], how: 'live' | 'missed'): void {
    const missed: Arrival[] = [];
    for (const arrival of arrivals) {
      const decision = this.#decide(arrival, how);
      this.#record(arrival, decision);
      if (decision.show === 'nothing') continue;
      if (decision.reason === 'missed') missed.push(arrival);
      else if (decision.show === 'summary') this.#gather(arrival);
      else for (const message of arrival.messages) this.#raiseOne(arrival, message);
    }
    const [only, ...others] = missed;
    if (only === undefined) return;
    if (others.length > 0) this.#raiseAll(missed);
    else if (only.messages.length === 1 && only.messages[0]) this.#raiseOne(only, only.messages[0]);
    else this.#raiseSummary(only);
  }

  read(account: AccountKey, conversationId: string, readSeq: number): void {
    const gathering = this.#gathering.get(keyOf({ account, conversationId }));
    if (gathering !== undefined && highestOf(gathering.arrival) <= readSeq)
      this.#stopGathering({ account, conversationId });
    for (const raised of this.#raised) {
      const highest = raised.account === account ? raised.highest.get(conversationId) : undefined;
      if (highest === undefined || highest > readSeq) continue;
      raised.highest.delete(conversationId);
      if (raised.highest.size === 0) this.#takeBack(raised);
    }
  }

  forgotten(account: AccountKey): void {
    for (const { arrival } of this.#gathering.values()) if (arrival.account === account) this.#stopGathering(arrival);
    for (const raised of this.#raised) if (raised.account === account) this.#takeBack(raised);
  }

  #decide(arrival: Arrival, how: 'live' | 'missed'): NoticeDecision {
    const { preferences, conversation, isOnScreen, now, minuteOfDay } = this.#options;
    const { account, conversationId, messages } = arrival;
    return decideNotice(
      {
        how,
        hasMention: messages.some(({ isMention }) => isMention),
        conversation: conversation(account, conversationId),
      },
      {
        preferences: preferences(),
        now: now(),
        minuteOfDay: minuteOfDay(),
        isOnScreen: isOnScreen(account, conversationId),
        shownLately: this.#shownLately(arrival),
      },
    );
  }

  /** A burst that is gathered, or comes all at once, is past being shown one by one. */
  #shownLately(arrival: Arrival): number {
    if (this.#gathering.has(keyOf(arrival))) return shownOneByOne;
    const since = this.#options.now() - burstMs;
    const lately = this.#raisedOf(arrival).filter(({ at }) => at >= since);
    const shown = lately.reduce((sum, { count }) => sum + count, 0);
    return shown + arrival.count > shownOneByOne ? shownOneByOne : shown;
  }

  #raiseOne(arrival: Arrival, message: NoticedMessage): void {
    const { account, conversationId } = arrival;
    this.#raise([arrival], 1, message.seq, {
      ...this.#textOf(arrival, message),
      target: { account, conversationId, messageId: message.id },
      canReply: true,
    });
  }

  #raiseSummary(arrival: Arrival): void {
    const { account, conversationId, count } = arrival;
    const { words } = this.#options;
    this.#raise([arrival], count, highestOf(arrival), {
      title: this.#shows === 'nothing' ? words.app : arrival.title || words.somebody,
      body: words.newMessages(count),
      target: { account, conversationId },
      canReply: false,
    });
  }

  #raiseAll(arrivals: readonly Arrival[]): void {
    const { words } = this.#options;
    const count = arrivals.reduce((sum, arrival) => sum + arrival.count, 0);
    const [{ account } = { account: '' }] = arrivals;
    this.#raise(arrivals, count, undefined, {
      title: words.app,
      body: words.newMessagesIn(count, arrivals.length),
      target: { account },
      canReply: false,
    });
  }

  #raise(arrivals: readonly Arrival[], count: number, seq: number | undefined, notice: Omit<Notice, 'isSilent'>): void {
    const { present, open, reply, now, preferences } = this.#options;
    const { account, conversationId, messageId } = notice.target;
    const shown = present(
      { ...notice, isSilent: !preferences().hasSound },
      {
        clicked: () => {
          this.#takeBack(raised);
          open(notice.target);
        },
        replied: (text) => {
          if (conversationId === undefined || messageId === undefined) return;
          this.#takeBack(raised);
          reply({ account, conversationId, messageId }, text);
        },
      },
    );
    const highest = new Map(arrivals.map((arrival) => [arrival.conversationId, seq ?? highestOf(arrival)]));
    const raised: Raised = { account, highest, count, at: now(), close: () => shown.close() };
    this.#raised.add(raised);
    const [oldest] = this.#raised;
    if (this.#raised.size > raisedAtMost && oldest !== undefined) this.#takeBack(oldest);
  }

  /** Waits a moment for the rest of a burst; then one notification stands for all of it, and for those shown before. */
  #gather(arrival: Arrival): void {
    const key = keyOf(arrival);
    const before = this.#gathering.get(key);
    if (before !== undefined) {
      before.arrival = together(before.arrival, arrival);
      return;
    }
    const cancel = this.#options.schedule(() => {
      const gathered = this.#gathering.get(key)?.arrival;
      this.#gathering.delete(key);
      if (gathered === undefined) return;
      const shown = this.#raisedOf(gathered);
      const count = shown.reduce((sum, raised) => sum + raised.count, gathered.count);
      for (const raised of shown) this.#takeBack(raised);
      this.#raiseSummary({ ...gathered, count });
    }, gatherMs);
    this.#gathering.set(key, { arrival, cancel });
  }

  #stopGathering(of: { account: AccountKey; conversationId: string }): void {
    this.#gathering.get(keyOf(of))?.cancel();
    this.#gathering.delete(keyOf(of));
  }

  /** Those that tell of this conversation alone. */
  #raisedOf({ account, conversationId }: Arrival): Raised[] {
    return [...this.#raised].filter(
      (raised) => raised.account === account && raised.highest.size === 1 && raised.highest.has(conversationId),
    );
  }

  #takeBack(raised: Raised): void {
    if (this.#raised.delete(raised)) raised.close();
  }

  get #shows(): NoticePreferences['shows'] {
    return this.#options.preferences().shows;
  }

  #textOf({ kind, title }: Arrival, { authorName, text }: NoticedMessage): { title: string; body: string } {
    const { words } = this.#options;
    if (this.#shows === 'nothing') return { title: words.app, body: words.newMessages(1) };
    const author = authorName || words.somebody;
    const body = this.#shows === 'message' ? shorten(text) : words.newMessages(1);
    return kind === 'direct' ? { title: author, body } : { title: title || author, body: `${author}: ${body}` };
  }

  #record({ account, conversationId, title, count }: Arrival, decision: NoticeDecision): void {
    this.#records.unshift({ at: this.#options.now(), account, conversationId, title, count, ...decision });
    this.#records.splice(recordsAtMost);
  }
}

function keyOf({ account, conversationId }: { account: AccountKey; conversationId: string }): string {
  return `${account}\n${conversationId}`;
}

function highestOf({ messages }: Arrival): number {
  return messages.at(-1)?.seq ?? 0;
}

function together(first: Arrival, second: Arrival): Arrival {
  return { ...second, messages: [...first.messages, ...second.messages].slice(-1), count: first.count + second.count };
}

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  if (line.length <= bodyMaxChars) return line;
  const cut = [...new Intl.Segmenter().segment(line.slice(0, bodyMaxChars))].slice(0, -1);
  return `${cut.map(({ segment }) => segment).join('')}…`;
}
