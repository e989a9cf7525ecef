import type { LocalSockets } from './local-sockets.ts';

/** Who has a socket, here or in another process. */
export class Whereabouts {
  readonly #sockets: Pick<LocalSockets, 'isOnline'>;
  readonly #elsewhere = new Map<string, Set<string>>();

  constructor(sockets: Pick<LocalSockets, 'isOnline'>) {
    this.#sockets = sockets;
  }

  isOnline(userId: string): boolean {
    return this.#sockets.isOnline(userId) || this.isElsewhere(userId);
  }

  isElsewhere(userId: string): boolean {
    for (const userIds of this.#elsewhere.values()) if (userIds.has(userId)) return true;
    return false;
  }

  /** Everybody who has a socket of that process; answers those about whom that is news. */
  replace(processId: string, userIds: Set<string>): string[] {
    const before = this.#elsewhere.get(processId) ?? new Set<string>();
    if (userIds.size === 0) this.#elsewhere.delete(processId);
    else this.#elsewhere.set(processId, userIds);
    const isNews = (userId: string) => before.has(userId) !== userIds.has(userId);
    return [...new Set([...before, ...userIds])].filter(isNews);
  }

  set(processId: string, userId: string, isThere: boolean): void {
    const userIds = this.#elsewhere.get(processId) ?? new Set<string>();
    this.#elsewhere.set(processId, userIds);
    if (isThere) userIds.add(userId);
    else userIds.delete(userId);
  }
}
