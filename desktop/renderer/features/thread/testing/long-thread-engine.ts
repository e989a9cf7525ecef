import type { CommandInput, CommandName, CommandResult, CommandValue } from '../../../../engine/api/commands.ts';
import type { EngineApi } from '../../../../engine/api/engine-api.ts';
import type { Change, ChangeBatch, CollectionName, Collections, MessageView } from '../../../../engine/api/views.ts';

const account = 'https://chat.harbourchoir.example maud';
export const longConversation = 'long';
const pageSize = 50;
const windowMax = 400;

const authors = ['ines', 'tobias', 'noor', 'bartek'];
const names = ['Ines Duarte', 'Tobias Rehm', 'Noor Haddad', 'Bartek Zieliński'];
const words =
  'the hall key is under the third pot and somebody ought to fetch the folders before noon so we can start at six sharp'.split(
    ' ',
  );

/** The same message for the same place, every time. */
function messageAt(seq: number, total: number, now: number): MessageView {
  const random = (Math.imul(seq, 2_654_435_761) >>> 8) % 1000;
  const isMine = random % 5 === 0;
  const author = authors[Math.floor(seq / (1 + (random % 3))) % authors.length] ?? 'ines';
  const length = 1 + (random % 7 === 0 ? 60 + (random % 40) : random % 17);
  const text = Array.from({ length }, (_, index) => words[(seq * 7 + index) % words.length]).join(' ');
  const replyTo =
    random % 11 === 0 && seq > 1 ? { id: `m${seq - 1}`, authorId: 'ines', text: 'What it answers' } : undefined;
  return {
    id: `m${seq}`,
    conversationId: longConversation,
    seq,
    order: seq,
    at: now - (total - seq) * 150_000,
    authorId: isMine ? 'maud' : author,
    isMine,
    content: { kind: 'text', text: `${seq} ${text}`, ...(replyTo ? { replyTo } : {}) },
    ...(isMine ? { delivery: 'read' as const } : {}),
  };
}

/** One group with many messages behind a window, as the engine keeps it: 50 at a time, 400 at most, the far end trimmed. */
export class LongThreadEngine implements EngineApi {
  readonly #now = Date.now();
  readonly #values = new Map<string, Change>();
  readonly #listeners = new Set<(batch: ChangeBatch) => void>();
  readonly #edited = new Map<number, MessageView>();
  readonly calls: CommandName[] = [];
  /** How long an answer takes. */
  answerMs = 0;
  #revision = 1;
  #total: number;
  #first = 0;
  #last = 0;
  #readSeq: number;
  #dividerAfterSeq: number | undefined;
  #focus: Collections['threads']['focus'];

  constructor(total: number, unread = 0) {
    this.#total = total;
    this.#readSeq = total - unread;
    this.#put('account', 'me', {
      userId: 'maud',
      name: 'Maud Ekström',
      email: 'maud@ekstrom-joinery.example',
      serverAddress: 'chat.harbourchoir.example',
      connection: { kind: 'current', asOf: this.#now },
      waiting: 0,
      limits: { messageMaxChars: 20_000, maxGroupMembers: 200 },
    });
    for (const [index, userId] of authors.entries()) {
      const name = names[index] ?? userId;
      this.#put('people', userId, { userId, name, ownName: name });
    }
    this.#put('conversations', longConversation, this.#conversation());
    this.#flush();
  }

  #pending: Change[] = [];
  #put<C extends CollectionName>(collection: C, key: string, value: Collections[C] | null): void {
    const change = { account, collection, key, value } as Change;
    if (value === null) this.#values.delete(`${collection} ${key}`);
    else this.#values.set(`${collection} ${key}`, change);
    this.#pending.push(change);
  }
  #flush(): void {
    const changes = structuredClone(this.#pending);
    this.#pending = [];
    this.#revision += 1;
    for (const tell of this.#listeners) tell({ revision: this.#revision, changes });
  }

  #message(seq: number): MessageView {
    return this.#edited.get(seq) ?? messageAt(seq, this.#total, this.#now);
  }
  #conversation(): Collections['conversations'] {
    return {
      id: longConversation,
      kind: 'group',
      title: 'Everything ever said',
      state: 'in',
      lastMessage: this.#message(this.#total),
      unread: Math.min(100, this.#total - this.#readSeq),
      mentions: 0,
      mutedUntil: 0,
      hasNotSent: false,
      readSeq: this.#readSeq,
      activeAt: this.#now,
      memberCount: 5,
      canWrite: true,
      isOwner: false,
    };
  }

  #show(first: number, last: number): void {
    const [oldFirst, oldLast] = [this.#first, this.#last];
    this.#first = Math.max(1, first);
    this.#last = Math.min(this.#total, last);
    for (let seq = oldFirst; seq <= oldLast && seq > 0; seq += 1) {
      if (seq < this.#first || seq > this.#last) this.#put('messages', `${longConversation}/m${seq}`, null);
    }
    for (let seq = this.#first; seq <= this.#last; seq += 1) {
      if (seq < oldFirst || seq > oldLast) this.#put('messages', `${longConversation}/m${seq}`, this.#message(seq));
    }
    this.#putThread();
    this.#flush();
  }
  #putThread(): void {
    this.#put('threads', longConversation, {
      conversationId: longConversation,
      state: 'ready',
      older: this.#first > 1 ? 'more' : 'none',
      newer: this.#last < this.#total ? 'more' : 'none',
      ...(this.#dividerAfterSeq === undefined ? {} : { dividerAfterSeq: this.#dividerAfterSeq }),
      ...(this.#focus ? { focus: this.#focus } : {}),
    });
  }

  /** `count` messages arrive. */
  receive(count = 1): void {
    const isAtNewest = this.#last === this.#total;
    this.#total += count;
    this.#put('conversations', longConversation, this.#conversation());
    if (isAtNewest) this.#show(Math.max(this.#first, this.#total - windowMax + 1), this.#total);
    else this.#show(this.#first, this.#last);
  }

  /** A message's text becomes another. */
  edit(seq: number, text: string): void {
    const message: MessageView = { ...this.#message(seq), content: { kind: 'text', text } };
    this.#edited.set(seq, message);
    this.#put('messages', `${longConversation}/m${seq}`, message);
    this.#flush();
  }

  #run(command: CommandName, input: unknown): void {
    const [first, last] = [this.#first, this.#last];
    switch (command) {
      case 'openThread': {
        const unread = this.#total - this.#readSeq;
        this.#dividerAfterSeq = unread > 0 ? this.#readSeq : undefined;
        const end = Math.min(this.#total, this.#readSeq + pageSize);
        return this.#show(Math.min(end - pageSize, this.#readSeq - 20) + 1, end);
      }
      case 'loadOlder': {
        const next = Math.max(1, first - pageSize);
        return this.#show(next, Math.min(last, next + windowMax - 1));
      }
      case 'loadNewer': {
        const next = Math.min(this.#total, last + pageSize);
        return this.#show(Math.max(first, next - windowMax + 1), next);
      }
      case 'jumpToNewest':
        if (last === this.#total) return undefined;
        return this.#show(this.#total - pageSize + 1, this.#total);
      case 'jumpToMessage': {
        const { messageId } = input as CommandInput<'jumpToMessage'>;
        const seq = Number(messageId.slice(1));
        this.#focus = { messageId, nonce: (this.#focus?.nonce ?? 0) + 1 };
        return seq > first && seq <= last ? this.#show(first, last) : this.#show(seq - pageSize, seq + pageSize);
      }
      case 'markRead':
        this.#readSeq = Math.max(this.#readSeq, (input as CommandInput<'markRead'>).seq);
        this.#put('conversations', longConversation, this.#conversation());
        return this.#flush();
      default:
        return undefined;
    }
  }

  async call<C extends CommandName>(command: C, input: CommandInput<C>): Promise<CommandResult<CommandValue<C>>> {
    this.calls.push(command);
    // The answer of a real engine comes in a later task.
    await new Promise((resolve) => setTimeout(resolve, this.answerMs));
    this.#run(command, input);
    return { ok: true, value: null as CommandValue<C> };
  }

  async subscribe(onBatch: (batch: ChangeBatch) => void) {
    this.#listeners.add(onBatch);
    const app = { phase: 'ready', accounts: [account], storage: 'kept', server: { kind: 'ask' } } as const;
    const snapshot = structuredClone({ revision: this.#revision, app, changes: [...this.#values.values()] });
    return {
      snapshot: { ...snapshot, app: { ...snapshot.app, accounts: [account] } },
      end: () => this.#listeners.delete(onBatch),
    };
  }
}
