import { canSeeRev } from '@parley/shared/model/visibility.ts';
import { presentMessage, presentRecords } from '../../presenters/present-records.ts';
import type { ConversationReader, MarkersMoved, RecordChanges } from '../../storage/port/conversations.ts';
import type { HeadRecord, MemberRecord } from '../../storage/port/records.ts';
import type { CommittedChanges } from '../conversations/conversation-writer.ts';
import type { Log } from '../log.ts';
import type { FactPayload, LiveChannel } from './channel.ts';
import type { LocalSocket, LocalSockets } from './local-sockets.ts';
import { OrderedStream } from './ordered-stream.ts';

const refillLimit = 200;

interface Followed {
  sockets: Set<LocalSocket>;
  stream: OrderedStream;
  /** Up to which rev it is settled, by person, whether their sockets are in: what comes late changes nothing any more. */
  settledRevs: Map<string, number>;
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
  readonly #followed = new Map<string, Followed>();

  constructor(options: { reader: ConversationReader; channel: LiveChannel; sockets: LocalSockets; log: Log }) {
    this.#reader = options.reader;
    this.#channel = options.channel;
    this.#sockets = options.sockets;
    this.#log = options.log;
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
    const starting: string[] = [];
    for (const conversationId of conversationIds) {
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

  leaveAll(socket: LocalSocket): void {
    for (const conversationId of [...socket.joined]) this.#exit(socket, conversationId);
  }

  /** Changes that are durable. */
  committed({ state, changes }: CommittedChanges): void {
    const { conversationId } = state;
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

  markersMoved(conversationId: string, moved: MarkersMoved): void {
    if (!this.#followed.has(conversationId)) return;
    const { afterMrev, mrev, markers } = moved;
    this.#channel.tellConversation(conversationId, 'markersMoved', { conversationId, afterMrev, mrev, markers });
  }

  /** Brings what is followed up to the heads in the store: what was told to this process by nobody is told now (D10). */
  async refresh(): Promise<void> {
    const heads = await this.#reader.readHeads(this.followedIds);
    await Promise.all([...heads].map(([conversationId, head]) => this.#catchUp(conversationId, head)));
  }

  async #catchUp(conversationId: string, head: HeadRecord): Promise<void> {
    const stream = this.#followed.get(conversationId)?.stream;
    // Whoever was to start it could not read where.
    stream?.start(head.rev);
    if (stream?.told !== undefined && stream.told < head.rev) await this.#refill(conversationId, stream.told);
  }

  #begin(conversationId: string): Followed {
    const followed: Followed = {
      sockets: new Set(),
      stream: new OrderedStream(
        (after) => this.#refill(conversationId, after),
        (error) => this.#log.warn('A followed conversation was not read', error),
      ),
      settledRevs: new Map(),
    };
    this.#followed.set(conversationId, followed);
    return followed;
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
    followed.stream.start(afterRev);
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
    if (followed?.sockets.size === 0) this.#followed.delete(conversationId);
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
