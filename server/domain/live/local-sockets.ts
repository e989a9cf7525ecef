/** A socket of this process that has authenticated. */
export interface LocalSocket {
  socketId: string;
  userId: string;
  sessionId: string;
  /** The conversations it hears. */
  readonly joined: Set<string>;
  /** Memberships that changed while it was being connected, newer than what was read for it. */
  changedMeanwhile: Map<string, boolean> | undefined;
}

/** The sockets of this process, by id and by person. */
export class LocalSockets {
  readonly #byId = new Map<string, LocalSocket>();
  readonly #byUser = new Map<string, Set<LocalSocket>>();

  add(socket: LocalSocket): void {
    this.#byId.set(socket.socketId, socket);
    const ofUser = this.#byUser.get(socket.userId);
    if (ofUser === undefined) this.#byUser.set(socket.userId, new Set([socket]));
    else ofUser.add(socket);
  }

  /** The socket that went, and whether it was its person's last. */
  remove(socketId: string): { socket: LocalSocket; wasLast: boolean } | undefined {
    const socket = this.#byId.get(socketId);
    if (socket === undefined) return undefined;
    this.#byId.delete(socketId);
    const ofUser = this.#byUser.get(socket.userId);
    ofUser?.delete(socket);
    const wasLast = ofUser === undefined || ofUser.size === 0;
    if (wasLast) this.#byUser.delete(socket.userId);
    return { socket, wasLast };
  }

  has(socketId: string): boolean {
    return this.#byId.has(socketId);
  }

  ofUser(userId: string): Iterable<LocalSocket> {
    return this.#byUser.get(userId) ?? [];
  }

  isOnline(userId: string): boolean {
    return this.#byUser.has(userId);
  }

  get userIds(): string[] {
    return [...this.#byUser.keys()];
  }

  get sessionIds(): string[] {
    return [...new Set([...this.#byId.values()].map(({ sessionId }) => sessionId))];
  }
}
