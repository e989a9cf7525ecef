import type { ReceivedMessage } from '@parley/shared/contract/entities/message.ts';
import type { OutputOf } from '@parley/shared/contract/define.ts';
import type { Placed } from '@parley/shared/contract/operations/conversations.ts';
import type { Operations } from '@parley/shared/contract/registry.ts';
import type { AccountKey } from './api/views.ts';
import { type Ask, Refusal } from './connection/ask.ts';
import { Connection, type FactHandlers, type Hello } from './connection/connection.ts';
import { Drafts } from './drafts/drafts.ts';
import { Notices } from './notices/notices.ts';
import { AskedIntents } from './outbox/asked-intents.ts';
import { Outbox } from './outbox/outbox.ts';
import { Ephemera } from './people/ephemera.ts';
import { People } from './people/people.ts';
import type { Host } from './ports/host.ts';
import type { LocalStore, StoredIntent } from './ports/local-store.ts';
import { idMint } from './session/mint-id.ts';
import type { Session } from './session/session.ts';
import type { AccountContext } from './store/account-context.ts';
import { AccountMemory, type Committed, forgetConfirmed } from './store/account-memory.ts';
import type { ChangeFeed } from './store/change-feed.ts';
import { AccountSync } from './sync/account-sync.ts';
import { ConversationSync } from './sync/conversation-sync.ts';
import { Incoming } from './sync/incoming.ts';
import { MarkerSender } from './sync/marker-sender.ts';
import { offerOutdated, outdateAll } from './sync/other-history.ts';
import { UnreadCounter } from './sync/unread-counter.ts';
import { Receipts } from './threads/receipts.ts';
import { Threads } from './threads/threads.ts';
import { AccountViews } from './views/account-views.ts';

/** Everything one account does on one device, put together. Whoever opens it closes it. */
export class AccountEngine {
  readonly context: AccountContext;
  readonly session: Session;
  readonly connection: Connection;
  readonly sync: ConversationSync;
  readonly outbox: Outbox;
  readonly intents: AskedIntents;
  readonly drafts: Drafts;
  readonly markers: MarkerSender;
  readonly people: People;
  readonly ephemera: Ephemera;
  readonly threads: Threads;
  readonly receipts: Receipts;
  readonly views: AccountViews;
  /** Direct conversations somebody has opened to write the first message. */
  readonly #opened = new Set<string>();
  readonly #store: LocalStore;
  readonly #account: AccountSync;
  readonly #incoming: Incoming;
  readonly #unread: UnreadCounter;
  readonly #notices: Notices | undefined;
  #wasOpen = false;

  private constructor(context: AccountContext, store: LocalStore, session: Session, address: string) {
    this.context = context;
    this.#store = store;
    this.session = session;
    const ask: Ask = (operation, input) => this.connection.ask(operation, input);
    const patiently: Ask = (operation, input) => this.connection.askPatiently(operation, input);
    const isConnected = () => this.connection.isOpen;
    this.#unread = new UnreadCounter(context);
    this.#account = new AccountSync(context, patiently);
    this.sync = new ConversationSync(context, patiently, (conversationId) => this.#unread.recount(conversationId));
    this.#incoming = new Incoming({
      context,
      ask: patiently,
      isConnected,
      account: this.#account,
      conversations: this.sync,
      failed: () => this.connection.restart(),
    });
    this.outbox = new Outbox({
      context,
      ask,
      // What was lost with another history goes first.
      isConnected: () => isConnected() && context.memory.get('account', 'account')?.isFeedOutdated !== true,
      placed: (intent, at) => this.#placed(intent, at),
      changed: ({ conversationId }) => this.views.touch(conversationId),
    });
    this.intents = new AskedIntents({
      ask,
      mintId: context.mintId,
      monotonic: () => context.host.clock.monotonic(),
      opened: (withinMs) => this.connection.opened(withinMs),
    });
    this.drafts = new Drafts(context, patiently, (conversationId) => this.views.draftReplaced(conversationId));
    this.markers = new MarkerSender(context, ask, isConnected);
    this.people = new People(context, patiently, isConnected);
    this.ephemera = new Ephemera(context, ask, isConnected);
    const { outbox, drafts, people, sync } = this;
    const countsOf = (conversationId: string) => this.receipts.of(conversationId);
    this.threads = new Threads({ context, sync, outbox, isConnected, countsOf });
    this.receipts = new Receipts({
      context,
      ask,
      isConnected,
      ownSeqs: (conversationId) => this.threads.ownSeqs(conversationId),
      changed: (conversationId) => this.views.touch(conversationId),
    });
    const isOpened = (conversationId: string) => this.#opened.has(conversationId);
    this.views = new AccountViews({ context, outbox, drafts, people, countsOf, isOpened }, this.threads);
    const { notices } = context.host;
    this.#notices = notices && new Notices(context, people, notices);
    context.memory.onCommitted((committed) => this.#committed(committed));
    this.connection = new Connection({
      host: context.host,
      address,
      accessToken: (renew) => session.accessToken(renew),
      facts: this.#facts(),
      greet: (hello) => this.#greet(hello),
      catchUp: (hello, progress) => this.#catchUp(hello, progress),
      heartbeat: () => this.#heartbeat(),
      changed: (view) => {
        this.#connectionChanged();
        this.views.setConnection(view);
      },
    });
  }

  static async open(options: {
    key: AccountKey;
    userId: string;
    address: string;
    host: Host;
    feed: ChangeFeed;
    store: LocalStore;
    session: Session;
  }): Promise<AccountEngine> {
    const { key, userId, host, feed, store, session, address } = options;
    const memory = await AccountMemory.open(store);
    const context: AccountContext = { key, userId, host, memory, feed, mintId: idMint(host) };
    return new AccountEngine(context, store, session, address);
  }

  /** What would be lost with this device: intents on their way, and drafts the server lacks. */
  get unsent(): number {
    return this.outbox.waiting + this.drafts.untold;
  }

  start(): void {
    this.views.publishAll();
    this.connection.start();
  }

  /** Shows the conversation with a person, whether anything was said in it or not. */
  openDirect(conversationId: string): void {
    this.#opened.add(conversationId);
    this.views.touch(conversationId);
  }

  /** Stores what is still on its way into the store, then lets go of it. */
  async close(): Promise<void> {
    await this.#stop();
    await this.#store.close();
  }

  /** Forgets the account on this device. */
  async erase(): Promise<void> {
    await this.#stop();
    await this.#store.erase();
    this.#vanish();
  }

  /**
   * Forgets the account but for what would be lost with it: that waits, sealed and unseen, for the same person's next sign-in. Where the
   * store cannot forget, it rejects and may be called again; nothing of the account is shown any more in any case.
   */
  async leave(): Promise<void> {
    try {
      await this.#stop();
      if (this.unsent === 0) await this.#store.erase();
      else {
        await this.context.memory.transact((transaction) => forgetConfirmed(this.context.memory, transaction));
        await this.#store.close();
      }
    } finally {
      this.#vanish();
    }
  }

  #vanish(): void {
    this.context.feed.clear(this.context.key);
    this.context.host.notices?.forgotten(this.context.key);
  }

  async #stop(): Promise<void> {
    this.connection.stop();
    this.outbox.stop();
    this.markers.stop();
    this.receipts.stop();
    this.ephemera.disconnected();
    this.#incoming.stop();
    await this.#incoming.settled();
    const keptLast = await Promise.allSettled([this.drafts.flush(), this.#notices?.stop()]);
    for (const kept of keptLast)
      if (kept.status === 'rejected') this.context.host.log('something was not kept', { error: String(kept.reason) });
    await this.context.memory.settled();
  }

  #facts(): FactHandlers {
    return {
      conversationChanged: ({ change, ...push }) =>
        this.#incoming.take({ kind: 'conversation', push: { ...push, records: change.records } }),
      markersMoved: (moved) => this.#incoming.take({ kind: 'markers', moved }),
      accountChanged: (advance) => this.#incoming.take({ kind: 'account', advance }),
      profileChanged: ({ profile }) => this.#keepProfiles([profile]),
      presenceChanged: ({ people }) => this.ephemera.heardPresence(people),
      typingChanged: (typing) => this.ephemera.heardTyping(typing),
    };
  }

  async #catchUp(hello: Hello, progress: (done: number, total: number) => void): Promise<void> {
    this.outbox.paceTo(hello.limits.rates);
    this.outbox.connected();
    this.ephemera.connected();
    await this.#account.fetch();
    await offerOutdated(this.context);
    this.outbox.kick();
    await this.sync.catchUp(progress);
    await this.#countAll();
    await this.#caughtUp();
    this.markers.connected();
    this.drafts.tellAll();
    void this.people
      .refresh()
      .catch((error: unknown) => this.context.host.log('profiles were not refreshed', { error: String(error) }));
  }

  async #caughtUp(): Promise<void> {
    const { memory } = this.context;
    const isFirst = memory.get('account', 'account')?.hasCaughtUp !== true;
    await this.#notices?.caughtUp(isFirst);
    if (!isFirst) return;
    await memory.transact((transaction) => {
      const account = transaction.get('account', 'account');
      if (account !== undefined) transaction.put('account', 'account', { ...account, hasCaughtUp: true });
    });
  }

  /** Who the server is, and who the account is on it. Data that was restored (another epoch) takes the place of what is here. */
  async #greet(hello: Hello): Promise<void> {
    const { memory, userId } = this.context;
    const { profile, email } = hello.account;
    await memory.transact((transaction) => {
      const account = transaction.get('account', 'account');
      if (account === undefined) return;
      // At this address there is another server now, or the session is somebody else's: nothing of theirs comes in here (D14).
      if (hello.serverId !== account.serverId || profile.userId !== userId) throw new Refusal('unauthenticated');
      const isOtherEpoch = account.epoch !== '' && account.epoch !== hello.epoch;
      if (isOtherEpoch) {
        this.sync.forgetPlaced();
        outdateAll(this.context, transaction);
      }
      transaction.put('account', 'account', {
        ...account,
        email,
        name: profile.name,
        profileVersion: profile.version,
        epoch: hello.epoch,
        ...(isOtherEpoch && { feedRev: 0, isFeedOutdated: true }),
      });
      transaction.put('profiles', profile.userId, profile);
    });
    const { messageMaxChars, maxGroupMembers } = hello.limits;
    this.views.setLimits({ messageMaxChars, maxGroupMembers });
  }

  /** Unread messages that lie in a hole are fetched until the count is right, or nothing comes of it. */
  async #countAll(): Promise<void> {
    const { memory, host } = this.context;
    const givenUp = new Set<string>();
    const open = () => this.#unread.uncounted().filter(({ conversationId }) => !givenUp.has(conversationId));
    await memory.settled();
    for (let holes = open(); holes.length > 0; holes = open()) {
      for (const { conversationId, seq } of holes) {
        try {
          if (!(await this.sync.fill(conversationId, seq, 'above'))) givenUp.add(conversationId);
        } catch (error) {
          // What the server will not show cannot be counted; everything else is a reason to begin again.
          if (!(error instanceof Refusal) || error.class !== 'final') throw error;
          host.log('unread messages were not fetched', { error: String(error) });
          givenUp.add(conversationId);
        }
        this.#unread.recount(conversationId);
      }
      await memory.settled();
    }
  }

  async #heartbeat(): Promise<void> {
    await this.#incoming.settled();
    const answer = await this.connection.askPatiently('checkSync', {
      accountRev: this.#account.rev,
      sums: this.sync.cursorSums,
    });
    if (!answer.isCurrent) await this.#repair(answer);
    await this.sync.backfill();
    await this.#countAll();
    this.connection.confirm();
  }

  async #repair({ accountRev, heads }: OutputOf<Operations['checkSync']>): Promise<void> {
    if (accountRev !== this.#account.rev) await this.#account.fetch();
    const { memory } = this.context;
    const behind = (heads ?? []).filter(({ conversationId, rev, mrev }) => {
      const held = memory.get('conversations', conversationId);
      return held === undefined || held.outdated !== undefined || held.rev !== rev || held.mrev !== mrev;
    });
    await this.sync.want(behind.map(({ conversationId }) => conversationId));
  }

  #connectionChanged(): void {
    const isOpen = this.connection?.isOpen ?? false;
    if (this.#wasOpen === isOpen) return;
    if (!isOpen) {
      this.ephemera.disconnected();
      this.#notices?.disconnected();
    }
    for (const conversationId of this.threads.openIds) {
      this.views.touch(conversationId);
      if (isOpen) this.receipts.watch(conversationId);
    }
    this.#wasOpen = isOpen;
  }

  /** The server's answer says where an own message stands: what a push would have told the others. */
  async #placed(intent: StoredIntent, { seq, rev, at }: Placed): Promise<void> {
    const { id, conversationId, operation } = intent;
    const isWhole = operation === 'sendMessage' && rev > 1;
    if (!isWhole) {
      await this.sync.fetchPlaced(id, conversationId, rev);
      return;
    }
    const { text, replyTo } = intent.body as { text: string; replyTo?: string };
    const message = {
      kind: 'text' as const,
      id,
      seq,
      rev,
      at,
      authorId: this.context.userId,
      text,
      ...(replyTo !== undefined && { replyTo }),
    };
    const push = {
      intentId: id,
      conversationId,
      afterRev: rev - 1,
      rev,
      changeId: id,
      records: { messages: [message] },
    };
    await new Promise<void>((done) => this.#incoming.take({ kind: 'own', push, done }));
  }

  #committed({ messages, changed }: Committed): void {
    if (messages.length > 0) this.markers.stored(messages);
    for (const conversationId of this.threads.openIds) {
      if (messages.some((stored) => stored.conversationId === conversationId && this.#isMine(stored.message)))
        this.receipts.watch(conversationId);
    }
    // What is offered again after another history waits for nobody to press send.
    if (changed.has('outbox')) this.outbox.kick();
    for (const name of changed.get('feed') ?? []) {
      const separator = name.indexOf(':');
      const [kind, key] = [name.slice(0, separator), name.slice(separator + 1)];
      if (kind === 'draft') this.#draftHeard(key);
      if (kind === 'marker') this.#unread.markerWritten(key);
      if (kind === 'membership') this.#membershipHeard(key);
    }
    // Somebody on screen may have become one whose presence is told.
    if (this.connection.isOpen && [...(changed.get('feed') ?? [])].some((name) => name.startsWith('membership:'))) {
      this.ephemera.connected();
    }
    for (const conversationId of changed.get('markers') ?? []) this.#unread.markerWritten(conversationId);
  }

  #isMine(message: ReceivedMessage): boolean {
    return 'authorId' in message && message.authorId === this.context.userId;
  }

  /** In again where something was kept that there was no way to offer. */
  #membershipHeard(conversationId: string): void {
    const { memory, host } = this.context;
    if (!this.connection.isOpen || memory.get('account', 'account')?.isFeedOutdated) return;
    if (memory.get('conversations', conversationId)?.outdated === undefined) return;
    this.sync
      .want([conversationId])
      .catch((error: unknown) => host.log('what was kept was not replaced yet', { error: String(error) }));
  }

  #draftHeard(conversationId: string): void {
    this.drafts
      .heard(conversationId)
      .catch((error: unknown) => this.context.host.log('a draft was not taken over', { error: String(error) }));
  }

  #keepProfiles(profiles: Parameters<People['keep']>[0]): void {
    this.people
      .keep(profiles)
      .catch((error: unknown) => this.context.host.log('a profile was not kept', { error: String(error) }));
  }
}
