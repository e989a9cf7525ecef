import type { ConversationStore, MarkerMove, MarkersMoved } from '../../storage/port/conversations.ts';
import type { Clock } from '../clock.ts';
import type { Answer } from '../domain.ts';
import type { Log } from '../log.ts';
import type { ConversationCache } from './conversation-cache.ts';
import { areMarkersShared, ofActiveMembers } from './working-state.ts';

interface Gathered {
  moves: Map<string, MarkerMove>;
  /** Settles when these moves are written. */
  written: Promise<void>;
  settle: { resolve(): void; reject(error: unknown): void };
}

/**
 * Delivered and read markers (D9): gathered for at most `gatherMs`, then one write and one frame a conversation. They only grow, so
 * saying one twice, or a lower one, changes nothing, and a device says them again until the server is as far.
 */
export class Markers {
  readonly #store: Pick<ConversationStore, 'moveMarkers' | 'readMarkers'>;
  readonly #cache: ConversationCache;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #gatherMs: number;
  readonly #moved: (conversationId: string, moved: MarkersMoved, isShared: boolean) => void;
  readonly #gathering = new Map<string, Gathered>();
  readonly #writing = new Set<Promise<void>>();

  constructor(options: {
    store: Pick<ConversationStore, 'moveMarkers' | 'readMarkers'>;
    cache: ConversationCache;
    clock: Clock;
    log: Log;
    gatherMs: number;
    moved: (conversationId: string, moved: MarkersMoved, isShared: boolean) => void;
  }) {
    this.#store = options.store;
    this.#cache = options.cache;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#gatherMs = options.gatherMs;
    this.#moved = options.moved;
  }

  readonly move: Answer<'moveMarkers'> = async (caller, { moves }) => {
    await Promise.all(moves.map((move) => this.#gather(caller.userId, move)));
    return {};
  };

  /** For moves that come along with something else; whoever needs to know says `move`. */
  moveLater(userId: string, move: { conversationId: string; read: number }): void {
    this.#gather(userId, move).catch((error: unknown) => this.#log.warn('A read marker was not written', error));
  }

  /** Tells everybody all of them: a change that has its `mrev` has made them shared. Whoever does not hear it misses that number. */
  shareLater(conversationId: string): void {
    this.#share(conversationId).catch((error: unknown) =>
      this.#log.warn('Markers that are shared again were not told', error),
    );
  }

  /** Writes what is gathered. */
  async close(): Promise<void> {
    for (const conversationId of this.#gathering.keys()) this.#write(conversationId);
    await Promise.allSettled(this.#writing);
  }

  /** All of them, as the last move; `null` where they are not shared. */
  async readShared(conversationId: string): Promise<MarkersMoved | null> {
    const { mrev, markers } = await this.#store.readMarkers(conversationId);
    const state = await this.#cache.load(conversationId);
    if (state === null || !areMarkersShared(state)) return null;
    return { afterMrev: mrev - 1, mrev, markers: ofActiveMembers(state, markers), advances: [] };
  }

  async #share(conversationId: string): Promise<void> {
    const moved = await this.readShared(conversationId);
    if (moved !== null) this.#moved(conversationId, moved, true);
  }

  async #gather(
    userId: string,
    asked: { conversationId: string; delivered?: number | undefined; read?: number | undefined },
  ): Promise<void> {
    const state = await this.#cache.load(asked.conversationId);
    if (state?.members.get(userId)?.state !== 'in') return;
    const clamp = (seq: number | undefined) => Math.min(seq ?? 0, state.head.seq);
    const read = clamp(asked.read);
    const delivered = Math.max(clamp(asked.delivered), read);
    const gathered = this.#gathering.get(asked.conversationId) ?? this.#begin(asked.conversationId);
    const before = gathered.moves.get(userId);
    gathered.moves.set(userId, {
      userId,
      delivered: Math.max(delivered, before?.delivered ?? 0),
      read: Math.max(read, before?.read ?? 0),
    });
    return gathered.written;
  }

  #begin(conversationId: string): Gathered {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const gathered: Gathered = { moves: new Map(), written: promise, settle: { resolve, reject } };
    this.#gathering.set(conversationId, gathered);
    this.#clock.schedule(() => this.#write(conversationId), this.#gatherMs);
    return gathered;
  }

  #write(conversationId: string): void {
    const gathered = this.#gathering.get(conversationId);
    if (gathered === undefined) return;
    this.#gathering.delete(conversationId);
    const writing = this.#writeNow(conversationId, [...gathered.moves.values()]).then(
      gathered.settle.resolve,
      gathered.settle.reject,
    );
    this.#writing.add(writing);
    void writing.finally(() => this.#writing.delete(writing));
  }

  async #writeNow(conversationId: string, moves: MarkerMove[]): Promise<void> {
    const state = await this.#cache.load(conversationId);
    if (state === null) return;
    const ofMembers = ofActiveMembers(state, moves);
    if (ofMembers.length === 0) return;
    const isShared = areMarkersShared(state);
    const moved = await this.#store.moveMarkers({ conversationId, moves: ofMembers, isShared });
    const newest = this.#cache.peek(conversationId);
    if (newest !== undefined)
      this.#cache.keep({ ...newest, head: { ...newest.head, mrev: Math.max(newest.head.mrev, moved.mrev) } });
    if (moved.markers.length > 0) this.#moved(conversationId, moved, isShared);
  }
}
