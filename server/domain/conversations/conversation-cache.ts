import { LRUCache } from 'lru-cache';
import type { ConversationReader } from '../../storage/port/conversations.ts';
import { DomainError } from '../domain-error.ts';
import type { PeerChange } from '../live/peers.ts';
import { type WorkingState, workingState } from './working-state.ts';

const maxConversations = 20_000;

/**
 * What this process last knew of conversations. It may be behind another process: that is safe because every commit names the rev
 * it was decided at, and whoever refuses somebody reads afresh first.
 */
export class ConversationCache {
  readonly #reader: ConversationReader;
  readonly #states = new LRUCache<string, WorkingState>({ max: maxConversations });
  /** What is being read, and up to which rev it was heard of meanwhile: what is older than that is not kept. */
  readonly #reading = new Map<string, { readers: number; heardRev: number }>();

  constructor(reader: ConversationReader) {
    this.#reader = reader;
  }

  peek(conversationId: string): WorkingState | undefined {
    return this.#states.get(conversationId);
  }

  async load(conversationId: string): Promise<WorkingState | null> {
    return this.#states.get(conversationId) ?? this.reload(conversationId);
  }

  /** Asks `check` about what is known, and before it refuses somebody, about what is stored. */
  async require<T>(conversationId: string, check: (state: WorkingState | null) => T): Promise<T> {
    const held = this.peek(conversationId);
    if (held !== undefined) {
      try {
        return check(held);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
      }
    }
    return check(await this.reload(conversationId));
  }

  async reload(conversationId: string): Promise<WorkingState | null> {
    const reading = this.#reading.get(conversationId) ?? { readers: 0, heardRev: 0 };
    this.#reading.set(conversationId, reading);
    reading.readers += 1;
    try {
      const stored = await this.#reader.readState(conversationId);
      if (stored === null) {
        this.#states.delete(conversationId);
        return null;
      }
      const state = workingState(stored);
      if (state.head.rev >= reading.heardRev) this.keep(state);
      return this.#states.get(conversationId) ?? state;
    } finally {
      reading.readers -= 1;
      if (reading.readers === 0) this.#reading.delete(conversationId);
    }
  }

  /** Keeps the newer of what is here and `state`. */
  keep(state: WorkingState): void {
    const held = this.#states.get(state.conversationId);
    if (held !== undefined && !isNewer(state, held)) return;
    // Markers move beside the changes: a decision made before they did knows an older `mrev`.
    const mrev = Math.max(state.head.mrev, held?.head.mrev ?? 0);
    this.#states.set(
      state.conversationId,
      mrev === state.head.mrev ? state : { ...state, head: { ...state.head, mrev } },
    );
  }

  /** Whether it would have to hear of a change, so as not to fall behind. */
  knows(conversationId: string): boolean {
    return this.#states.has(conversationId) || this.#reading.has(conversationId);
  }

  /** What another process has committed: carried on where it follows what is known, else forgotten. */
  follow(conversationId: string, { info, members, message }: PeerChange): void {
    const reading = this.#reading.get(conversationId);
    if (reading !== undefined) reading.heardRev = Math.max(reading.heardRev, message.rev);
    const held = this.#states.get(conversationId);
    if (held === undefined || held.head.rev >= message.rev) return;
    if (held.head.rev + 1 < message.rev) return this.forget(conversationId);
    this.#states.set(conversationId, {
      conversationId,
      head: { rev: message.rev, seq: message.seq, changeId: message.id, mrev: held.head.mrev },
      info: info ?? held.info,
      members:
        members.length === 0
          ? held.members
          : new Map([...held.members, ...members.map((member) => [member.userId, member] as const)]),
    });
  }

  forget(conversationId: string): void {
    this.#states.delete(conversationId);
  }

  /** Something may not have been heard: what is known is read afresh. */
  forgetAll(): void {
    this.#states.clear();
    for (const reading of this.#reading.values()) reading.heardRev = Infinity;
  }
}

function isNewer(state: WorkingState, held: WorkingState): boolean {
  return state.head.rev > held.head.rev || (state.head.rev === held.head.rev && state.head.mrev >= held.head.mrev);
}
