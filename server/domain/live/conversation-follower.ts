import { canSeeRev } from '@parley/shared/model/visibility.ts';
import { presentMessage, presentRecords } from '../../presenters/present-records.ts';
import type { ConversationReader, MarkersMoved, RecordChanges } from '../../storage/port/conversations.ts';
import type { HeadRecord, MemberRecord } from '../../storage/port/records.ts';
import type { SharedReader } from '../../storage/port/shared.ts';
import type { CommittedChanges } from '../conversations/conversation-writer.ts';
import type { Log } from '../log.ts';
import type { FactPayload, LiveChannel } from './channel.ts';
import { inPortions } from './in-portions.ts';
import type { LocalSocket, LocalSockets } from './local-sockets.ts';
import { OrderedStream } from './ordered-stream.ts';
import type { PeerChange } from './peers.ts';

const refillLimit = 200;
const headsPerReading = 2_000;
const notRead = 'A followed conversation was not read';

interface Followed {
  sockets: Set<LocalSocket>;
  /** Those whose membership is being read, until it is. */
  entering: Map<LocalSocket, Promise<void>>;
  /** Whoever enters has to be in at this rev or a later one. */
  startedAt: number;
  /** The last move of markers that was told, as far as it is known. */
  mrev: number;
  stream: OrderedStream;
  /** Up to which rev it is settled, by person, whether their sockets are in: what comes late changes nothing any more. */
  settledRevs: Map<string, number>;
}

/** What following takes where conversations change in other processes too. */
export interface SharedFollowing {
  reader: Pick<SharedReader, 'readMemberships'>;
  /** For how long a rev that is missing may still be on its way from another process. */
  awaitNotice(): Promise<void>;
  /** Where markers have moved and nobody has told this process how. */
  readMarkers(conversationId: string): Promise<MarkersMoved | null>;
}

/** One or more changes in a row, as they are told. */
interface LiveStep {
  afterRev: number;
  rev: number;
  changeId: string;
  /** Whose membership to look at: the ranges say who hears this step, and who hears what comes after it. */
  members: readonly MemberRecord[];
  records: FactPayload<'conversationChanged'>['change']['records'];
  exceptSocketId: string | undefined;
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
  readonly #followed = new Map<string, Followed>();

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
    if (this.#shared !== undefined) return this.#joinShared(socket, conversationIds, this.#shared.reader);
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

  /**
   * Another process may have changed a membership without this one having heard of it yet. So a socket enters only at a rev up to which
   * everything is told here, and at which the store says that its person is in; what is told while it waits decides over what was read.
   */
  async #joinShared(
    socket: LocalSocket,
    conversationIds: readonly string[],
    reader: Pick<SharedReader, 'readMemberships'>,
  ): Promise<void> {
    const changed = (socket.changedMeanwhile ??= new Map());
    const { promise: entered, resolve } = Promise.withResolvers<void>();
    const entering = new Map<string, Followed>();
    const underWay = new Map<string, Promise<void>>();
    for (const conversationId of conversationIds) {
      const followed = this.#followed.get(conversationId) ?? this.#begin(conversationId);
      const earlier = followed.entering.get(socket);
      if (earlier !== undefined) underWay.set(conversationId, earlier);
      if (earlier !== undefined || socket.joined.has(conversationId)) continue;
      followed.entering.set(socket, entered);
      changed.delete(conversationId);
      entering.set(conversationId, followed);
    }
    try {
      for (let open = [...entering]; open.length > 0 && this.#sockets.has(socket.socketId);) {
        const memberships = await reader.readMemberships(
          socket.userId,
          open.map(([conversationId]) => conversationId),
        );
        await Promise.all([...memberships].map(([conversationId, { head }]) => this.#catchUp(conversationId, head)));
        // Somebody else's later reading may have begun it above this one.
        open = open.filter(([conversationId, followed]) => {
          const { head, member } = memberships.get(conversationId) ?? {};
          if (head !== undefined && head.rev < followed.startedAt) return true;
          const isIn = changed.get(conversationId) ?? member?.state === 'in';
          if (isIn && this.#sockets.has(socket.socketId)) this.#enter(socket, conversationId, followed);
          return false;
        });
      }
    } finally {
      for (const [conversationId, followed] of entering) {
        followed.entering.delete(socket);
        this.#letGo(conversationId, followed);
      }
      resolve();
    }
    if (underWay.size === 0) return;
    // What was read for those is older than this call.
    await Promise.all(underWay.values());
    await this.#joinShared(socket, [...underWay.keys()], reader);
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
    const followed = this.#followed.get(conversationId) ?? this.#beginForNewcomers(conversationId, step);
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
    this.#start(followed, afterRev);
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
    // A change that came early may let somebody in.
    followed.stream.end();
  }
}

const hearsAfter = (member: MemberRecord, rev: number) => canSeeRev(member.ranges, rev + 1);

/**
 * What was read in one go, cut wherever somebody comes or goes: nobody is told a step of which only a part is theirs to hear.
 */
function stepsOf(changes: RecordChanges, afterRev: number, members: readonly MemberRecord[]): LiveStep[] {
  const { throughRev, head } = changes;
  const borders = members
    .flatMap(({ ranges }) => ranges.flatMap(({ fromRev, untilRev }) => [fromRev - 1, untilRev ?? throughRev]))
    .filter((rev) => rev > afterRev && rev < throughRev);
  const ends = [...new Set([...borders, throughRev])].sort((a, b) => a - b);
  return ends.map((rev, index) => {
    const after = ends[index - 1] ?? afterRev;
    const isInside = (record: { rev: number }) => record.rev > after && record.rev <= rev;
    const messages = changes.messages.filter(isInside);
    return {
      afterRev: after,
      rev,
      changeId: rev === head.rev ? head.changeId : (messages.at(-1)?.id ?? head.changeId),
      members,
      records: presentRecords({
        info: changes.info !== undefined && isInside(changes.info) ? changes.info : undefined,
        members: changes.members.filter(isInside),
        messages: messages.map(presentMessage),
      }),
      exceptSocketId: undefined,
    };
  });
}
