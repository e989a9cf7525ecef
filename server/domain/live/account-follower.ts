import type { FeedAdvance } from '../../storage/port/conversations.ts';
import type { FeedReader } from '../../storage/port/feeds.ts';
import type { Log } from '../log.ts';
import type { FactPayload, LiveChannel } from './channel.ts';
import type { LocalSockets } from './local-sockets.ts';
import { OrderedStream } from './ordered-stream.ts';

const refillLimit = 200;

/** Lets an account's sockets hear these conversations, as far as it is in. */
type LetIn = (userId: string, conversationIds: readonly string[]) => Promise<void>;

/** Tells accounts that are here what happens in their feeds, in order. */
export class AccountFollower {
  readonly #reader: FeedReader;
  readonly #channel: LiveChannel;
  readonly #sockets: LocalSockets;
  readonly #log: Log;
  readonly #letIn: LetIn;
  readonly #streams = new Map<string, OrderedStream>();

  constructor(options: {
    reader: FeedReader;
    channel: LiveChannel;
    sockets: LocalSockets;
    log: Log;
    /** Needed where conversations change in other processes too. */
    letIn?: LetIn;
  }) {
    this.#reader = options.reader;
    this.#channel = options.channel;
    this.#sockets = options.sockets;
    this.#log = options.log;
    this.#letIn = options.letIn ?? (async () => {});
  }

  get followedIds(): string[] {
    return [...this.#streams.keys()];
  }

  async follow(userId: string): Promise<void> {
    let stream = this.#streams.get(userId);
    if (stream === undefined) {
      stream = new OrderedStream(
        (after) => this.#refill(userId, after),
        (error) => this.#log.warn('A followed account was not read', error),
      );
      this.#streams.set(userId, stream);
    }
    if (stream.told === undefined) stream.start(await this.#reader.readRev(userId));
  }

  unfollow(userId: string): void {
    this.#streams.delete(userId);
  }

  advanced(advances: readonly FeedAdvance[]): void {
    for (const { userId, afterRev, rev, entries } of advances) this.#offer(userId, { afterRev, rev, entries });
  }

  /** What another process has written, or the store holds: a device is told of a conversation only when it hears it. */
  async heard({ userId, afterRev, rev, entries }: FeedAdvance): Promise<void> {
    if (!this.#streams.has(userId)) return;
    const joined = entries.flatMap((entry) => (entry.kind === 'membership' && entry.state === 'in' ? [entry.key] : []));
    if (joined.length > 0) await this.#letIn(userId, joined);
    this.#offer(userId, { afterRev, rev, entries });
  }

  /** Brings what is followed up to these revs. */
  async catchUp(revs: ReadonlyMap<string, number>): Promise<void> {
    for (const [userId, rev] of revs) {
      const stream = this.#streams.get(userId);
      for (let told = -1; stream?.told !== undefined && stream.told < rev && stream.told > told;) {
        told = stream.told;
        await this.#refill(userId, told);
      }
    }
  }

  #offer(userId: string, payload: FactPayload<'accountChanged'>): void {
    this.#streams.get(userId)?.offer({
      after: payload.afterRev,
      rev: payload.rev,
      tell: () => {
        for (const { socketId } of this.#sockets.ofUser(userId))
          this.#channel.tellSocket(socketId, 'accountChanged', payload);
      },
    });
  }

  async #refill(userId: string, afterRev: number): Promise<void> {
    const page = await this.#reader.readPage({ userId, afterRev, limit: refillLimit });
    if (page.rev <= afterRev) return;
    // What was deleted in between is no longer known: nothing is told, and the device sees the gap and asks for a snapshot.
    if (page.isReset) this.#streams.get(userId)?.offer({ after: afterRev, rev: page.rev, tell() {} });
    else await this.heard({ userId, afterRev, rev: page.rev, entries: page.entries });
  }
}
