import type { HeadRecord } from '../../storage/port/records.ts';
import type { SharedReader } from '../../storage/port/shared.ts';
import type { Followed } from './followed.ts';
import type { LocalSocket, LocalSockets } from './local-sockets.ts';

interface Parts {
  reader: Pick<SharedReader, 'readMemberships'>;
  sockets: LocalSockets;
  /** Follows it from now on, if nobody did. */
  follow(conversationId: string): Followed;
  /** Tells everything up to this head; begins there where nothing was told yet. */
  catchUp(conversationId: string, head: HeadRecord): Promise<void>;
  enter(socket: LocalSocket, conversationId: string, followed: Followed): void;
  /** Follows it no longer, if there is nobody left. */
  letGo(conversationId: string, followed: Followed): void;
}

/**
 * How sockets enter conversations that other processes change, too: one of these may have changed a membership without this one having
 * heard of it yet. So a socket enters only at a rev up to which everything is told here, and at which the store says that its person is
 * in; what is told while it waits decides over what was read.
 */
export class SharedEntrance {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Everything committed after this resolves reaches the socket. */
  async join(socket: LocalSocket, conversationIds: readonly string[]): Promise<void> {
    const { follow, letGo } = this.#parts;
    const changed = (socket.changedMeanwhile ??= new Map());
    const { promise: entered, resolve } = Promise.withResolvers<void>();
    const entering = new Map<string, Followed>();
    const underWay = new Map<string, Promise<void>>();
    for (const conversationId of conversationIds) {
      const followed = follow(conversationId);
      const earlier = followed.entering.get(socket);
      if (earlier !== undefined) underWay.set(conversationId, earlier);
      if (earlier !== undefined || socket.joined.has(conversationId)) continue;
      followed.entering.set(socket, entered);
      changed.delete(conversationId);
      entering.set(conversationId, followed);
    }
    try {
      await this.#enterAll(socket, entering, changed);
    } finally {
      for (const [conversationId, followed] of entering) {
        followed.entering.delete(socket);
        letGo(conversationId, followed);
      }
      resolve();
    }
    if (underWay.size === 0) return;
    // What was read for those is older than this call.
    await Promise.all(underWay.values());
    await this.join(socket, [...underWay.keys()]);
  }

  async #enterAll(
    socket: LocalSocket,
    entering: ReadonlyMap<string, Followed>,
    changed: ReadonlyMap<string, boolean>,
  ): Promise<void> {
    const { reader, sockets, catchUp, enter } = this.#parts;
    for (let open = [...entering]; open.length > 0 && sockets.has(socket.socketId);) {
      const memberships = await reader.readMemberships(
        socket.userId,
        open.map(([conversationId]) => conversationId),
      );
      await Promise.all([...memberships].map(([conversationId, { head }]) => catchUp(conversationId, head)));
      // Somebody else's later reading may have begun it above this one.
      open = open.filter(([conversationId, followed]) => {
        const { head, member } = memberships.get(conversationId) ?? {};
        if (head !== undefined && head.rev < followed.startedAt) return true;
        const isIn = changed.get(conversationId) ?? member?.state === 'in';
        if (isIn && sockets.has(socket.socketId)) enter(socket, conversationId, followed);
        return false;
      });
    }
  }
}
