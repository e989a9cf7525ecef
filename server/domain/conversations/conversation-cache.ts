import { LRUCache } from 'lru-cache';
import type { ConversationReader } from '../../storage/port/conversations.ts';
import { DomainError } from '../domain-error.ts';
import { type WorkingState, workingState } from './working-state.ts';

const maxConversations = 20_000;

/**
 * What this process last knew of conversations. It may be behind another process: that is safe because every commit names the rev
 * it was decided at, and whoever refuses somebody reads afresh first.
 */
export class ConversationCache {
  readonly #reader: ConversationReader;
  readonly #states = new LRUCache<string, WorkingState>({ max: maxConversations });

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
    const stored = await this.#reader.readState(conversationId);
    if (stored === null) {
      this.#states.delete(conversationId);
      return null;
    }
    const state = workingState(stored);
    this.keep(state);
    return this.#states.get(conversationId) ?? state;
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

  forget(conversationId: string): void {
    this.#states.delete(conversationId);
  }
}

function isNewer(state: WorkingState, held: WorkingState): boolean {
  return state.head.rev > held.head.rev || (state.head.rev === held.head.rev && state.head.mrev >= held.head.mrev);
}
