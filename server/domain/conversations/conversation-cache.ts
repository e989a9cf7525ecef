import { LRUCache } from 'lru-cache';
import type { ConversationReader } from '../../storage/port/conversations.ts';
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
    if (held === undefined || isNewer(state, held)) this.#states.set(state.conversationId, state);
  }

  forget(conversationId: string): void {
    this.#states.delete(conversationId);
  }
}

function isNewer(state: WorkingState, held: WorkingState): boolean {
  return state.head.rev > held.head.rev || (state.head.rev === held.head.rev && state.head.mrev >= held.head.mrev);
}
