import type { TextMessage } from '@parley/shared/contract/entities/message.ts';
import { mentionsPerson } from '@parley/shared/model/mentions.ts';
import { countsAsUnread } from '@parley/shared/model/unread.ts';
import type { People } from '../people/people.ts';
import type { StoredConversation } from '../ports/local-store.ts';
import type { Arrival, NoticesPort } from '../ports/notices.ts';
import type { AccountContext } from '../store/account-context.ts';
import type { Committed } from '../store/account-memory.ts';
import { unreadCap } from '../sync/apply-records.ts';
import { membershipOf } from '../sync/membership.ts';
import { readSeqOf } from '../sync/read-marker.ts';

/** What was told is written down this much later, gathered: a message must not cost a second write. */
const keepAfterMs = 2_000;
/** A name that has to be asked for is waited for this long. */
const nameWithinMs = 2_000;
const tellAtMost = 20;

/**
 * Finds the messages that nobody at this device was told of. They are looked for in what is stored, above the seq that is known to be told:
 * so neither a crash nor a reconnect loses one.
 */
export class Notices {
  readonly #context: AccountContext;
  readonly #people: People;
  readonly #port: NoticesPort;
  readonly #told = new Map<string, number>();
  readonly #untold = new Set<string>();
  readonly #unkept = new Set<string>();
  #isLive = false;
  #isStopped = false;
  #last: Promise<void> = Promise.resolve();
  #cancelKeep: (() => void) | undefined;
  #cancelWait: (() => void) | undefined;

  constructor(context: AccountContext, people: People, port: NoticesPort) {
    this.#context = context;
    this.#people = people;
    this.#port = port;
    const { memory } = context;
    for (const { conversationId, seq } of memory.all('conversations')) if (seq > 0) this.#untold.add(conversationId);
    memory.onCommitted((committed) => this.#committed(committed));
  }

  /** The line is down: what comes next was missed. */
  disconnected(): void {
    this.#isLive = false;
  }

  /**
   * Everything the server has is stored. `isFirst`: for the first time on this device, so that all of it is old; resolves when that is
   * written down.
   */
  async caughtUp(isFirst: boolean): Promise<void> {
    if (isFirst) {
      for (const { conversationId, seq } of this.#context.memory.all('conversations')) this.#tell(conversationId, seq);
      this.#untold.clear();
      await this.#keep();
    }
    this.#tellAll('missed');
    this.#isLive = true;
  }

  /** Writes down what was told. */
  async stop(): Promise<void> {
    this.#isLive = false;
    this.#isStopped = true;
    this.#cancelWait?.();
    await this.#last;
    await this.#keep();
  }

  #committed({ messages, changed }: Committed): void {
    // With its row goes what was told: a server that was restored numbers on from where it stood then.
    for (const conversationId of changed.get('markers') ?? []) this.#forgetWithoutRow(conversationId);
    for (const { conversationId, message } of messages)
      if (message.seq > this.#toldOf(conversationId)) this.#untold.add(conversationId);
    if (this.#isLive && this.#untold.size > 0) this.#tellAll('live');
    const conversationIds = new Set([...(changed.get('markers') ?? []), ...(changed.get('conversations') ?? [])]);
    for (const name of changed.get('feed') ?? []) conversationIds.add(name.slice(name.indexOf(':') + 1));
    for (const conversationId of conversationIds) this.#tellRead(conversationId);
  }

  #tellAll(how: 'live' | 'missed'): void {
    const run = async () => {
      const found = await this.#findAll();
      const userIds = found.flatMap(({ held, messages }) => [
        ...messages.slice(-tellAtMost).map(({ authorId }) => authorId),
        ...peersOf(held, this.#context.userId),
      ]);
      await this.#named(userIds);
      const arrivals = found.flatMap((one) => this.#arrivalOf(one) ?? []);
      for (const { held } of found) this.#tell(held.conversationId, held.seq);
      if (arrivals.length > 0) this.#port.arrived(arrivals, how);
    };
    this.#last = this.#last
      .then(run)
      .catch((error: unknown) => this.#context.host.log('arrivals were not told', { error: String(error) }));
  }

  /** What could not be looked at stays untold, and is looked for with the next change. */
  async #findAll(): Promise<Found[]> {
    const conversationIds = [...this.#untold];
    this.#untold.clear();
    const found: Found[] = [];
    for (const conversationId of conversationIds) {
      const { memory, host } = this.#context;
      const held = memory.get('conversations', conversationId);
      const membership = membershipOf(memory, conversationId);
      if (held !== undefined && membership === undefined) this.#untold.add(conversationId);
      if (held === undefined || membership?.state !== 'in') continue;
      try {
        found.push({ held, messages: await this.#readUnread(held) });
      } catch (error) {
        this.#untold.add(conversationId);
        host.log('arrivals were not read', { error: String(error) });
      }
    }
    return found;
  }

  async #readUnread({ conversationId, seq }: StoredConversation): Promise<TextMessage[]> {
    const { memory, userId } = this.#context;
    const readSeq = this.#silentUpTo(conversationId);
    const messages = await memory.messages.readMessages({
      conversationId,
      fromSeq: readSeq + 1,
      toSeq: seq,
      limit: unreadCap,
      take: 'newest',
    });
    return messages.filter((message): message is TextMessage => countsAsUnread(message, userId, readSeq));
  }

  /** `undefined` where it was read meanwhile. */
  #arrivalOf({ held, messages }: Found): Arrival | undefined {
    const { memory, key } = this.#context;
    const { conversationId } = held;
    const readSeq = this.#silentUpTo(conversationId);
    const unread = messages.filter(({ seq }) => seq > readSeq);
    if (unread.length === 0) return undefined;
    const name = memory.get('account', 'account')?.name ?? '';
    return {
      account: key,
      conversationId,
      kind: held.info?.kind ?? 'direct',
      title: this.#titleOf(held),
      messages: unread.slice(-tellAtMost).map(({ id, seq, at, authorId, text }) => ({
        id,
        seq,
        at,
        authorId,
        authorName: this.#nameOf(authorId),
        text,
        isMention: mentionsPerson(text, name),
      })),
      count: unread.length,
    };
  }

  /** Up to here there is nothing to tell: it is read, or was told. */
  #silentUpTo(conversationId: string): number {
    const { memory, userId } = this.#context;
    return Math.max(readSeqOf(memory, conversationId, userId), this.#toldOf(conversationId));
  }

  #titleOf(held: StoredConversation): string {
    if (held.info?.kind === 'group') return held.info.title ?? '';
    return this.#nameOf(peersOf(held, this.#context.userId)[0] ?? '');
  }

  #nameOf(userId: string): string {
    return this.#people.view(userId)?.name ?? '';
  }

  /** Resolves when everybody among them has a name, or it takes too long. */
  async #named(userIds: readonly string[]): Promise<void> {
    const { memory, host } = this.#context;
    const isNamed = () => userIds.every((userId) => this.#nameOf(userId) !== '');
    if (isNamed() || this.#isStopped) return;
    this.#people.need(userIds);
    await new Promise<void>((resolve) => {
      const end = () => {
        cancel();
        stopListening();
        this.#cancelWait = undefined;
        resolve();
      };
      const cancel = host.clock.schedule(end, nameWithinMs);
      const stopListening = memory.onCommitted(({ changed }) => {
        if (changed.has('profiles') && isNamed()) end();
      });
      this.#cancelWait = end;
    });
  }

  #toldOf(conversationId: string): number {
    return this.#told.get(conversationId) ?? this.#context.memory.get('markers', conversationId)?.told ?? 0;
  }

  #forgetWithoutRow(conversationId: string): void {
    if (this.#context.memory.get('markers', conversationId) !== undefined) return;
    this.#told.delete(conversationId);
    this.#unkept.delete(conversationId);
  }

  #tell(conversationId: string, seq: number): void {
    if (seq > this.#toldOf(conversationId)) this.#noteTold(conversationId, seq);
  }

  #noteTold(conversationId: string, seq: number): void {
    this.#told.set(conversationId, seq);
    this.#unkept.add(conversationId);
    this.#cancelKeep ??= this.#context.host.clock.schedule(() => {
      void this.#keep().catch((error: unknown) =>
        this.#context.host.log('what was told was not kept', { error: String(error) }),
      );
    }, keepAfterMs);
  }

  async #keep(): Promise<void> {
    this.#cancelKeep?.();
    this.#cancelKeep = undefined;
    const conversationIds = [...this.#unkept];
    this.#unkept.clear();
    if (conversationIds.length === 0) return;
    await this.#context.memory.transact((transaction) => {
      for (const conversationId of conversationIds) {
        const held = transaction.get('markers', conversationId) ?? { conversationId, delivered: 0, read: 0 };
        transaction.put('markers', conversationId, { ...held, told: this.#toldOf(conversationId) });
      }
    });
  }

  #tellRead(conversationId: string): void {
    if (!this.#told.has(conversationId)) return;
    const { memory, key, userId } = this.#context;
    const isIn = membershipOf(memory, conversationId)?.state === 'in';
    this.#port.read(key, conversationId, isIn ? readSeqOf(memory, conversationId, userId) : Infinity);
  }
}

/** A conversation with messages that may have to be told of. */
interface Found {
  held: StoredConversation;
  messages: TextMessage[];
}

/** Whose name a conversation with one person goes by. */
function peersOf({ info, members }: StoredConversation, userId: string): string[] {
  if (info?.kind === 'group') return [];
  return members.filter((member) => member.userId !== userId).map((member) => member.userId);
}
