import type { Presence } from '@parley/shared/contract/entities/presence.ts';
import type { CommandFailure, CommandName } from '../../engine/api/commands.ts';
import type { AccountView, AppView, Change, ConnectionView, PersonView } from '../../engine/api/views.ts';
import { chats, ids, me, online, people } from './choir.ts';
import { FakeConversation } from './fake-conversation.ts';
import { FakeFeed } from './fake-feed.ts';

export const fakeAccount = 'https://chat.harbourchoir.example maud';
export const secondAccount = 'https://parley.joiners.example maud';
const chatsOfSecond: readonly string[] = [ids.ines, ids.workshop, ids.gwen];

export interface FakeOptions {
  /** What "today" is for the choir's messages. */
  now?: number;
  /** `empty`: signed in, without any conversation. `signed-out`: no account yet. */
  scene?: 'choir' | 'empty' | 'signed-out' | 'elsewhere' | 'starting';
  storage?: 'kept' | 'memory';
  server?: 'fixed' | 'ask';
  /** With `ask`: the address to begin with. */
  suggested?: string;
  connection?: ConnectionView;
  /** The same person on a second server, where two of the conversations have the titles of the first. */
  hasSecond?: boolean;
  /** How long the server takes for one step. 0: at once, for tests. */
  stepMs?: number;
}

const accountOfSecond = {
  email: 'maud@ekstrom-joinery.example',
  serverAddress: 'parley.joiners.example',
} satisfies Partial<AccountView>;

/** What the fake engine knows, and what happens in it. */
export class FakeWorld {
  readonly key: string;
  readonly feed: FakeFeed;
  readonly options: Required<Omit<FakeOptions, 'suggested'>> & Pick<FakeOptions, 'suggested'>;
  /** Every command, in order: tests look here. */
  readonly calls: { command: CommandName; input: unknown }[] = [];
  /** The next call of a command fails with this. */
  readonly failures = new Map<CommandName, CommandFailure>();
  readonly conversations = new Map<string, FakeConversation>();
  readonly people = new Map<string, PersonView>();
  readonly presence = new Map<string, Presence>();
  account: AccountView;
  #nextId = 0;

  constructor(options: FakeOptions = {}, first?: FakeWorld) {
    const now = options.now ?? Date.now();
    this.options = {
      now,
      scene: 'choir',
      storage: 'kept',
      server: 'ask',
      connection: { kind: 'current', asOf: now },
      hasSecond: false,
      stepMs: 0,
      ...options,
    };
    this.account = { ...me, connection: this.options.connection };
    this.key = first ? secondAccount : fakeAccount;
    this.feed = first ? first.feed.of(secondAccount) : new FakeFeed(fakeAccount, this.#firstApp());
    if (first) this.account = { ...this.account, ...accountOfSecond };
    if (this.options.scene === 'choir' || this.options.scene === 'empty') this.fill();
  }

  #firstApp(): AppView {
    if (this.options.scene === 'elsewhere') return { phase: 'elsewhere' };
    if (this.options.scene === 'starting') return { phase: 'starting' };
    if (this.options.scene === 'signed-out') return this.readyApp([]);
    return this.readyApp(this.options.hasSecond ? [fakeAccount, secondAccount] : [fakeAccount]);
  }

  readyApp(accounts: string[]): AppView {
    const { storage, server, suggested } = this.options;
    const asked = { kind: 'ask' as const, ...(suggested !== undefined && { suggested }) };
    return { phase: 'ready', accounts, storage, server: server === 'ask' ? asked : { kind: 'fixed' } };
  }

  /** Puts in what a signed-in account has. */
  fill(): void {
    const isEmpty = this.options.scene === 'empty';
    for (const person of people) this.people.set(person.userId, person);
    for (const { userId } of people) {
      const isOnline = online.includes(userId);
      const lastSeenAt = this.options.now - 10 * 60_000;
      this.presence.set(userId, { userId, isOnline, ...(isOnline ? {} : { lastSeenAt }) });
    }
    if (!isEmpty) {
      for (const chat of this.key === fakeAccount
        ? chats
        : chats.filter(({ view }) => chatsOfSecond.includes(view.id))) {
        this.conversations.set(chat.view.id, new FakeConversation(chat, this.options.now));
      }
    }
    this.publishAll();
  }

  /** Waits for a number of the server's steps. */
  step(count = 1): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, this.options.stepMs * count));
  }

  mintId(what: string): string {
    this.#nextId += 1;
    return `${what}-made-${this.#nextId}`;
  }

  get isConnected(): boolean {
    return ['current', 'catching-up'].includes(this.account.connection.kind);
  }

  setConnection(connection: ConnectionView): void {
    this.account = { ...this.account, connection };
    this.publishAll();
    if (this.isConnected) {
      for (const conversation of this.conversations.values()) {
        for (const message of conversation.messages) {
          if (message.delivery === 'waiting') void this.deliver(conversation.view.id, message.id);
        }
      }
    }
  }

  /** A message from somebody else arrives. */
  receive(conversationId: string, authorId: string, text: string): void {
    const conversation = this.conversations.get(conversationId);
    if (!conversation) return;
    const seq = this.nextSeq(conversation);
    const id = this.mintId('message');
    const content = { kind: 'text' as const, text };
    conversation.put({ id, conversationId, seq, order: seq, at: Date.now(), authorId, isMine: false, content });
    conversation.view = { ...conversation.view, unread: Math.min(100, conversation.view.unread + 1) };
    this.publishAll([this.feed.change('typing', conversationId, null)]);
  }

  setTyping(conversationId: string, userIds: string[]): void {
    this.feed.publish([this.feed.change('typing', conversationId, userIds.length > 0 ? userIds : null)]);
  }

  nextSeq(conversation: FakeConversation): number {
    return Math.max(0, ...conversation.messages.map(({ seq = 0 }) => seq)) + 1;
  }

  /** Takes a waiting message through sent, delivered and read. */
  async deliver(conversationId: string, messageId: string): Promise<void> {
    for (const delivery of ['sent', 'delivered', 'read'] as const) {
      if (this.options.stepMs > 0) await this.step();
      const conversation = this.conversations.get(conversationId);
      const message = conversation?.messages.find(({ id }) => id === messageId);
      if (!conversation || !message || !this.isConnected) return;
      const seq = message.seq ?? this.nextSeq(conversation);
      conversation.put({ ...message, seq, order: seq, delivery });
      if (conversation.view.state === 'new') conversation.view = { ...conversation.view, state: 'in' };
      this.publishAll();
    }
  }

  /** One batch with everything that differs from what was published before. */
  publishAll(more: readonly Change[] = [], app?: AppView): void {
    const { feed } = this;
    let waiting = 0;
    const changes: Change[] = [...more];
    const shown = new Set<string>();
    for (const [id, conversation] of this.conversations) {
      waiting += conversation.messages.filter(({ delivery }) => delivery === 'waiting').length;
      changes.push(feed.change('conversations', id, conversation.view));
      changes.push(feed.change('threads', id, conversation.thread ?? null));
      changes.push(feed.change('members', id, conversation.thread ? conversation.members : null));
      for (const message of conversation.stretch) {
        shown.add(`${id}/${message.id}`);
        changes.push(feed.change('messages', `${id}/${message.id}`, message));
      }
    }
    for (const key of feed.keysOf('messages')) if (!shown.has(key)) changes.push(feed.change('messages', key, null));
    for (const key of feed.keysOf('conversations')) {
      if (!this.conversations.has(key)) changes.push(feed.change('conversations', key, null));
    }
    for (const [userId, person] of this.people) changes.push(feed.change('people', userId, person));
    this.account = { ...this.account, waiting };
    changes.push(feed.change('account', 'me', this.account));
    for (const [userId, presence] of this.presence) changes.push(feed.change('presence', userId, presence));
    feed.publish(changes, app);
  }
}
