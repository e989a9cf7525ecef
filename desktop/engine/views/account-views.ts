import type { AccountView, ConnectionView } from '../api/views.ts';
import type { Committed } from '../store/account-memory.ts';
import { membershipOf } from '../sync/membership.ts';
import type { Threads } from '../threads/threads.ts';
import { type ViewSources, viewConversation } from './conversation-view.ts';

/** Tells the UI what an account looks like, and after every change only what has changed. */
export class AccountViews {
  readonly #sources: ViewSources;
  readonly #threads: Threads;
  #connection: ConnectionView = { kind: 'checking' };
  #limits: AccountView['limits'] = { messageMaxChars: 20_000, maxGroupMembers: 1_000 };
  readonly #touched = new Set<string>();
  /** Conversations in which somebody shows. */
  readonly #conversationsOf = new Map<string, Set<string>>();
  /** Where outbox entries belong: one that is gone does not say it any more. */
  readonly #lanes = new Map<string, string>();
  #isScheduled = false;
  #draftVersion = 0;

  constructor(sources: ViewSources, threads: Threads) {
    this.#sources = sources;
    this.#threads = threads;
    sources.context.memory.onCommitted((committed) => this.#committed(committed));
  }

  publishAll(): void {
    const { memory } = this.#sources.context;
    for (const { conversationId } of memory.all('conversations')) this.touch(conversationId);
    this.#outboxChanged(new Set([...memory.all('outbox')].map(({ id }) => id)));
    for (const { conversationId } of memory.all('drafts')) this.touch(conversationId);
    for (const { userId } of memory.all('profiles')) this.#publishPerson(userId);
    for (const entry of memory.all('feed')) if (entry.kind === 'contact') this.#publishPerson(entry.key);
    this.publishAccount();
  }

  /** Looks at a conversation again, soon. */
  touch(conversationId: string): void {
    this.#touched.add(conversationId);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    void Promise.resolve().then(() => this.#publishTouched());
  }

  setConnection(connection: ConnectionView): void {
    this.#connection = connection;
    this.publishAccount();
  }

  setLimits(limits: AccountView['limits']): void {
    this.#limits = limits;
    this.publishAccount();
  }

  publishAccount(): void {
    const { context, outbox } = this.#sources;
    const account = context.memory.get('account', 'account');
    if (account === undefined) return;
    context.feed.set(context.key, 'account', 'me', {
      userId: account.userId,
      name: account.name,
      email: account.email,
      serverAddress: account.serverAddress,
      connection: this.#connection,
      waiting: outbox.waiting,
      limits: this.#limits,
    });
  }

  /** The composer's text was replaced by what another device has left. */
  draftReplaced(conversationId: string): void {
    const { context, drafts } = this.#sources;
    const text = drafts.textOf(conversationId);
    this.#draftVersion += 1;
    context.feed.set(context.key, 'drafts', conversationId, { text, version: this.#draftVersion });
    this.touch(conversationId);
  }

  #committed(committed: Committed): void {
    this.#threads.committed(committed);
    const { changed } = committed;
    for (const id of changed.get('conversations') ?? []) this.touch(id);
    for (const id of changed.get('drafts') ?? []) this.touch(id);
    for (const id of changed.get('markers') ?? []) this.touch(id);
    for (const name of changed.get('feed') ?? []) this.#feedChanged(name);
    for (const userId of changed.get('profiles') ?? []) this.#personChanged(userId);
    if (changed.has('outbox')) this.#outboxChanged(changed.get('outbox') ?? new Set());
    if (changed.has('account') || changed.has('outbox')) this.publishAccount();
  }

  #feedChanged(name: string): void {
    const separator = name.indexOf(':');
    const kind = name.slice(0, separator);
    const key = name.slice(separator + 1);
    if (kind === 'contact') this.#personChanged(key);
    else this.touch(key);
  }

  #personChanged(userId: string): void {
    this.#publishPerson(userId);
    for (const conversationId of this.#conversationsOf.get(userId) ?? []) this.touch(conversationId);
    const directId = this.#sources.people.directIdOf(userId);
    if (directId !== undefined) this.touch(directId);
  }

  #publishPerson(userId: string): void {
    const { context, people } = this.#sources;
    context.feed.set(context.key, 'people', userId, people.view(userId) ?? null);
  }

  #outboxChanged(ids: ReadonlySet<string>): void {
    for (const id of ids) {
      const conversationId = this.#sources.context.memory.get('outbox', id)?.conversationId ?? this.#lanes.get(id);
      if (conversationId === undefined) continue;
      this.#lanes.set(id, conversationId);
      if (this.#sources.context.memory.get('outbox', id) === undefined) this.#lanes.delete(id);
      this.touch(conversationId);
    }
  }

  #publishTouched(): void {
    this.#isScheduled = false;
    const { context, people } = this.#sources;
    const needed = new Set<string>();
    for (const conversationId of this.#touched) {
      const view = viewConversation(this.#sources, conversationId);
      context.feed.set(context.key, 'conversations', conversationId, view ?? null);
      this.#threads.publish(conversationId);
      for (const userId of this.#peopleIn(conversationId)) {
        needed.add(userId);
        const conversations = this.#conversationsOf.get(userId);
        if (conversations === undefined) this.#conversationsOf.set(userId, new Set([conversationId]));
        else conversations.add(conversationId);
      }
    }
    this.#touched.clear();
    people.need(needed);
  }

  /** Those whose names show: everybody in a small conversation, otherwise who wrote last; all of them once its thread is open. */
  #peopleIn(conversationId: string): string[] {
    const { memory } = this.#sources.context;
    const held = memory.get('conversations', conversationId);
    if (held === undefined || membershipOf(memory, conversationId) === undefined) return [];
    const { lastMessage, members } = held;
    const authors = lastMessage !== undefined && 'authorId' in lastMessage ? [lastMessage.authorId] : [];
    const showsAll = members.length <= 50 || this.#threads.isOpen(conversationId);
    return showsAll ? [...authors, ...members.map((member) => member.userId)] : authors;
  }
}
