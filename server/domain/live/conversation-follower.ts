import { LRUCache } from 'lru-cache';
import { canSeeRev } from '@parley/shared/model/visibility.ts';
import { presentMessage, presentRecords } from '../../presenters/present-records.ts';
import type { ConversationReader, MarkersMoved } from '../../storage/port/conversations.ts';
import type { HeadRecord, MemberRecord } from '../../storage/port/records.ts';
import type { SharedReader } from '../../storage/port/shared.ts';
import type { CommittedChanges } from '../conversations/conversation-writer.ts';
import type { Log } from '../log.ts';
import type { LiveChannel } from './channel.ts';
import type { Followed } from './followed.ts';
import { inPortions } from './in-portions.ts';
import { hearsAfter, type LiveStep, stepsOf } from './live-steps.ts';
import type { LocalSocket, LocalSockets } from './local-sockets.ts';
import { OrderedStream } from './ordered-stream.ts';
import type { PeerChange } from './peers.ts';
import { SharedEntrance } from './shared-entrance.ts';

const refillLimit = 200;
const headsPerReading = 2_000;
const notRead = 'A followed conversation was not read';

/** What following takes where conversations change in other processes too. */
export interface SharedFollowing {
  reader: Pick<SharedReader, 'readMemberships'>;
  /** For how long a rev that is missing may still be on its way from another process. */
  awaitNotice(): Promise<void>;
  /** Where markers have moved and nobody has told this process how. */
  readMarkers(conversationId: string): Promise<MarkersMoved | null>;
}

/**
 * Follows every conversation that has a socket in this process (D13): tells rev n only after n - 1, lets people in and out of the
 * local rooms at exactly the rev that says so, and reads from the store what it was not told.
 */
export class ConversationFollower {
  readonly #reader: ConversationReader;
  readonly #channel: LiveChannel;
  readonly #sockets: LocalSockets;
  readonly #log: Log;
  readonly #shared: SharedFollowing | undefined;
  readonly #entrance: SharedEntrance | undefined;
  readonly #followed = new Map<string, Followed>();
  /** Up to where everything was told of conversations that nobody here follows any more: what comes late of it is not told again. */
  readonly #told = new LRUCache<string, number>({ max: 10_000 });

  constructor(options: {
    reader: ConversationReader;
    channel: LiveChannel;
    sockets: LocalSockets;
    log: Log;
    shared?: SharedFollowing | undefined;
  }) {
    this.#reader = options.reader;
    this.#channel = options.channel;
    this.#sockets = options.sockets;
    this.#log = options.log;
    this.#shared = options.shared;
    this.#entrance =
      options.shared &&
      new SharedEntrance({
        reader: options.shared.reader,
        sockets: options.sockets,
        follow: (conversationId) => this.#followed.get(conversationId) ?? this.#begin(conversationId),
        catchUp: (conversationId, head) => this.#catchUp(conversationId, head),
        enter: (socket, conversationId, followed) => this.#enter(socket, conversationId, followed),
        letGo: (conversationId, followed) => this.#letGo(conversationId, followed),
      });
  }

  follows(conversationId: string): boolean {
    return this.#followed.has(conversationId);
  }

  get followedIds(): string[] {
    return [...this.#followed.keys()];
  }

  /** Who hears a conversation here. */
  socketsOf(conversationId: string): Iterable<LocalSocket> {
    return this.#followed.get(conversationId)?.sockets ?? [];
  }

  /** Lets a socket hear these conversations. Everything committed after this resolves reaches it. */
  async join(socket: LocalSocket, conversationIds: readonly string[]): Promise<void> {
    if (this.#entrance !== undefined) return this.#entrance.join(socket, conversationIds);
    const changed = socket.changedMeanwhile;
    socket.changedMeanwhile = undefined;
    const starting: string[] = [];
    for (const conversationId of conversationIds) {
      if (changed?.get(conversationId) === false) continue;
      const followed = this.#followed.get(conversationId) ?? this.#begin(conversationId);
      if (followed.stream.told === undefined) starting.push(conversationId);
      this.#enter(socket, conversationId, followed);
    }
    if (starting.length === 0) return;
    const heads = await this.#reader.readHeads(starting);
    for (const conversationId of starting) {
      this.#followed.get(conversationId)?.stream.start(heads.get(conversationId)?.rev ?? 0);
    }
  }

  /** Lets all sockets of an account hear these conversations, as far as it is in. Only where other processes change them too. */
  async letIn(userId: string, conversationIds: readonly string[]): Promise<void> {
    for (const socket of [...this.#sockets.ofUser(userId)]) await this.join(socket, conversationIds);
  }

  leaveAll(socket: LocalSocket): void {
    for (const conversationId of [...socket.joined]) this.#exit(socket, conversationId);
  }

  /** Changes that are durable. */
  committed({ state, changes }: CommittedChanges): void {
    this.#changed(state.conversationId, changes);
  }

  /** Changes that another process has made durable. */
  heard(conversationId: string, changes: readonly PeerChange[]): void {
    this.#changed(
      conversationId,
      changes.map((change) => ({ change, fromSocketId: undefined })),
    );
  }

  #changed(conversationId: string, changes: readonly { change: PeerChange; fromSocketId: string | undefined }[]): void {
    for (const { change, fromSocketId } of changes) {
      const { rev } = change.message;
      this.#offer(conversationId, {
        afterRev: rev - 1,
        rev,
        changeId: change.message.id,
        members: change.members,
        records: presentRecords({
          info: change.info,
          members: change.members,
          messages: [presentMessage(change.message)],
        }),
        exceptSocketId: fromSocketId,
      });
    }
  }

  markersMoved(conversationId: string, moved: Omit<MarkersMoved, 'advances'>): void {
    const followed = this.#followed.get(conversationId);
    if (followed === undefined) return;
    const { afterMrev, mrev, markers } = moved;
    followed.mrev = Math.max(followed.mrev, mrev);
    this.#channel.tellConversation(conversationId, 'markersMoved', { conversationId, afterMrev, mrev, markers });
  }

  /** Brings what is followed up to the heads in the store: what was told to this process by nobody is told now (D10). */
  async refresh(): Promise<void> {
    for (const conversationIds of inPortions(this.followedIds, headsPerReading)) await this.#refresh(conversationIds);
  }

  async #refresh(conversationIds: readonly string[]): Promise<void> {
    const heads = await this.#reader.readHeads(conversationIds);
    await Promise.all(
      [...heads].map(async ([conversationId, head]) => {
        await this.#catchUp(conversationId, head);
        await this.#catchUpMarkers(conversationId, head);
      }),
    );
  }

  async #catchUp(conversationId: string, head: HeadRecord): Promise<void> {
    const followed = this.#followed.get(conversationId);
    if (followed === undefined) return;
    const { stream } = followed;
    // Whoever was to start it could not read where.
    if (stream.told === undefined) {
      // Whoever enters after this fetches the markers as they are.
      followed.mrev = Math.max(followed.mrev, head.mrev);
      this.#start(followed, head.rev);
    }
    if (stream.told !== undefined && stream.told < head.rev) await this.#refill(conversationId, stream.told);
  }

  async #catchUpMarkers(conversationId: string, { mrev }: HeadRecord): Promise<void> {
    const followed = this.#followed.get(conversationId);
    if (this.#shared === undefined || followed === undefined || followed.mrev >= mrev) return;
    const moved = await this.#shared.readMarkers(conversationId);
    if (moved === null) followed.mrev = Math.max(followed.mrev, mrev);
    else this.markersMoved(conversationId, moved);
  }

  #start(followed: Followed, rev: number): void {
    followed.startedAt = rev;
    followed.stream.start(rev);
  }

  #begin(conversationId: string): Followed {
    const followed: Followed = {
      sockets: new Set(),
      entering: new Map(),
      startedAt: 0,
      mrev: 0,
      stream: new OrderedStream(
        (after) => this.#fillGap(conversationId, followed, after),
        (error) => this.#log.warn(notRead, error),
      ),
      settledRevs: new Map(),
    };
    this.#followed.set(conversationId, followed);
    return followed;
  }

  async #fillGap(conversationId: string, { stream }: Followed, afterRev: number): Promise<void> {
    await this.#shared?.awaitNotice();
    if (stream.told === afterRev) await this.#refill(conversationId, afterRev);
  }

  async #refill(conversationId: string, afterRev: number): Promise<void> {
    let from = afterRev;
    let more = true;
    while (more && this.#followed.has(conversationId)) {
      const changes = await this.#reader.readChanges({ conversationId, afterRev: from, limit: refillLimit });
      if (changes.throughRev <= from) return;
      // Read after the changes, so that it knows of every membership change among them, also of those undone since.
      const state = await this.#reader.readState(conversationId);
      const members = (state?.members ?? []).filter(({ userId }) => this.#sockets.isOnline(userId));
      for (const step of stepsOf(changes, from, members)) this.#offer(conversationId, step);
      ({ throughRev: from, more } = changes);
    }
  }

  #offer(conversationId: string, step: LiveStep): void {
    const held = this.#followed.get(conversationId);
    if (held === undefined && step.rev <= (this.#told.get(conversationId) ?? 0)) return;
    const followed = held ?? this.#beginForNewcomers(conversationId, step);
    if (followed === undefined) {
      for (const member of step.members) {
        for (const socket of this.#sockets.ofUser(member.userId)) socket.changedMeanwhile?.set(conversationId, false);
      }
      return;
    }
    const { afterRev, rev, changeId, records } = step;
    followed.stream.offer({
      after: afterRev,
      rev,
      tell: () => {
        // The last socket may have gone with the step before.
        if (this.#followed.get(conversationId) !== followed) return this.#offer(conversationId, step);
        const unsettled = this.#unsettled(followed, step);
        this.#letIn(conversationId, followed, unsettled, rev);
        const payload = { conversationId, afterRev, rev, changeId, change: { kind: 'records' as const, records } };
        this.#channel.tellConversation(conversationId, 'conversationChanged', payload, step.exceptSocketId);
        this.#letOut(conversationId, unsettled, rev);
      },
      pass: () => {
        // Whoever enters what other processes change, too, has been looked up by then.
        if (this.#shared !== undefined) return;
        const unsettled = this.#unsettled(followed, step);
        this.#letIn(conversationId, followed, unsettled, rev);
        this.#letOut(conversationId, unsettled, rev);
      },
    });
  }

  /** A conversation nobody here followed is followed from the change on that lets somebody in who is here. */
  #beginForNewcomers(conversationId: string, { afterRev, rev, members }: LiveStep): Followed | undefined {
    if (!members.some((member) => hearsAfter(member, rev) && this.#sockets.isOnline(member.userId))) return undefined;
    const followed = this.#begin(conversationId);
    this.#start(followed, Math.max(afterRev, this.#told.get(conversationId) ?? 0));
    // What came after it may have been heard before it, and dropped, because nobody followed then.
    if (this.#shared !== undefined)
      this.#refresh([conversationId]).catch((error: unknown) => this.#log.warn(notRead, error));
    return followed;
  }

  #unsettled(followed: Followed, { rev, members }: LiveStep): MemberRecord[] {
    const unsettled = members.filter(({ userId }) => (followed.settledRevs.get(userId) ?? -1) < rev);
    for (const { userId } of unsettled) followed.settledRevs.set(userId, rev);
    return unsettled;
  }

  /** New members hear from the change on that lets them in. */
  #letIn(conversationId: string, followed: Followed, members: readonly MemberRecord[], rev: number): void {
    for (const member of members) {
      if (!canSeeRev(member.ranges, rev)) continue;
      for (const socket of this.#sockets.ofUser(member.userId)) {
        socket.changedMeanwhile?.set(conversationId, true);
        if (!socket.joined.has(conversationId)) this.#enter(socket, conversationId, followed);
      }
    }
  }

  /** Who is out hears the change that says so, and nothing after it. */
  #letOut(conversationId: string, members: readonly MemberRecord[], rev: number): void {
    for (const member of members) {
      if (hearsAfter(member, rev)) continue;
      for (const socket of this.#sockets.ofUser(member.userId)) {
        socket.changedMeanwhile?.set(conversationId, false);
        this.#exit(socket, conversationId);
      }
    }
  }

  #enter(socket: LocalSocket, conversationId: string, followed: Followed): void {
    followed.sockets.add(socket);
    socket.joined.add(conversationId);
    this.#channel.join(socket.socketId, conversationId);
  }

  #exit(socket: LocalSocket, conversationId: string): void {
    if (!socket.joined.delete(conversationId)) return;
    this.#channel.leave(socket.socketId, conversationId);
    const followed = this.#followed.get(conversationId);
    followed?.sockets.delete(socket);
    if (followed !== undefined) this.#letGo(conversationId, followed);
  }

  #letGo(conversationId: string, followed: Followed): void {
    if (followed.sockets.size > 0 || followed.entering.size > 0) return;
    if (this.#followed.get(conversationId) !== followed) return;
    this.#followed.delete(conversationId);
    if (followed.stream.told !== undefined) this.#told.set(conversationId, followed.stream.told);
    // A change that came early may let somebody in.
    followed.stream.end();
  }
}
