import { presentMessage, presentRecords } from '../../presenters/present-records.ts';
import type { ConversationReader, MarkersMoved } from '../../storage/port/conversations.ts';
import type { HeadRecord, MemberRecord } from '../../storage/port/records.ts';
import type { CommittedChanges } from '../conversations/conversation-writer.ts';
import type { FactPayload, LiveChannel } from './channel.ts';
import type { LocalSocket, LocalSockets } from './local-sockets.ts';
import { OrderedStream } from './ordered-stream.ts';

const refillLimit = 200;

interface Followed {
  sockets: Set<LocalSocket>;
  stream: OrderedStream;
}

/**
 * Follows every conversation that has a socket in this process (D13): tells rev n only after n - 1, lets people in and out of the
 * local rooms at exactly the rev that says so, and reads from the store what it was not told.
 */
export class ConversationFollower {
  readonly #reader: ConversationReader;
  readonly #channel: LiveChannel;
  readonly #sockets: LocalSockets;
  readonly #followed = new Map<string, Followed>();

  constructor(options: { reader: ConversationReader; channel: LiveChannel; sockets: LocalSockets }) {
    this.#reader = options.reader;
    this.#channel = options.channel;
    this.#sockets = options.sockets;
  }

  get followedIds(): string[] {
    return [...this.#followed.keys()];
  }

  isFollowed(conversationId: string): boolean {
    return this.#followed.has(conversationId);
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
        records: presentRecords({ info: change.info, members: change.members, messages: [presentMessage(change.message)] }),
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
    const told = this.#followed.get(conversationId)?.stream.told;
    if (told !== undefined && told < head.rev) await this.#refill(conversationId, told);
  }

  #begin(conversationId: string): Followed {
    const followed: Followed = {
      sockets: new Set(),
      stream: new OrderedStream((after) => this.#refill(conversationId, after)),
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
      this.#offer(conversationId, {
        afterRev: from,
        rev: changes.throughRev,
        changeId: changes.head.changeId,
        members: changes.members,
        records: presentRecords({ ...changes, messages: changes.messages.map(presentMessage) }),
        exceptSocketId: undefined,
      });
      ({ throughRev: from, more } = changes);
    }
  }

  #offer(
    conversationId: string,
    step: {
      afterRev: number;
      rev: number;
      changeId: string;
      members: readonly MemberRecord[];
      records: FactPayload<'conversationChanged'>['change']['records'];
      exceptSocketId: string | undefined;
    },
  ): void {
    this.#letIn(conversationId, step.members, step.rev);
    const followed = this.#followed.get(conversationId);
    if (followed === undefined) {
      this.#letOut(conversationId, step.members);
      return;
    }
    const { afterRev, rev, changeId, records } = step;
    followed.stream.offer({
      after: afterRev,
      rev,
      tell: () => {
        const payload = { conversationId, afterRev, rev, changeId, change: { kind: 'records' as const, records } };
        this.#channel.tellConversation(conversationId, 'conversationChanged', payload, step.exceptSocketId);
        this.#letOut(conversationId, step.members);
      },
    });
  }

  /** New members hear from the change on that lets them in. */
  #letIn(conversationId: string, members: readonly MemberRecord[], rev: number): void {
    for (const member of members) {
      if (member.state !== 'in') continue;
      for (const socket of this.#sockets.ofUser(member.userId)) {
        socket.changedMeanwhile?.set(conversationId, true);
        if (socket.joined.has(conversationId)) continue;
        const isNew = !this.#followed.has(conversationId);
        const followed = this.#followed.get(conversationId) ?? this.#begin(conversationId);
        this.#enter(socket, conversationId, followed);
        if (isNew) followed.stream.start(rev - 1);
      }
    }
  }

  /** Who is out hears the change that says so, and nothing after it. */
  #letOut(conversationId: string, members: readonly MemberRecord[]): void {
    for (const member of members) {
      if (member.state === 'in') continue;
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
