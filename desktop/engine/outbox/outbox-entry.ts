import type { ErrorCode } from '@parley/shared/contract/errors.ts';
import type { StoredIntent } from '../ports/local-store.ts';

/**
 * The life of an intent on its way:
 *
 *     waiting ──> sending ──> (gone: acknowledged, or seen in a push or a catch-up)
 *        ^           │
 *        ├───────────┤  the line broke, or "retry later"
 *        │           v
 *        └──────── refused ──> (gone: discarded)
 *         Retry
 */
export type EntryState = { kind: 'waiting' } | { kind: 'sending' } | { kind: 'refused'; code: ErrorCode };

const moves: Record<EntryState['kind'], EntryState['kind'][]> = {
  waiting: ['sending'],
  sending: ['waiting', 'refused'],
  refused: ['waiting'],
};

/** The next state, if the diagram has the move; a move it does not have is a defect. */
export function moveEntry(from: EntryState, to: EntryState): EntryState {
  if (!moves[from.kind].includes(to.kind))
    throw new Error(`An outbox entry does not go from ${from.kind} to ${to.kind}`);
  return to;
}

export function stateOf(intent: StoredIntent, isSending: boolean): EntryState {
  if (intent.refusal !== undefined) return { kind: 'refused', code: intent.refusal as ErrorCode };
  return { kind: isSending ? 'sending' : 'waiting' };
}

/**
 * The entry of a conversation that goes next (D7): the oldest that is not refused. A group that could not be made holds back all that
 * was written in it.
 */
export function nextOf(lane: readonly StoredIntent[]): StoredIntent | undefined {
  if (lane.some((intent) => intent.operation === 'createGroup' && intent.refusal !== undefined)) return undefined;
  return lane.find((intent) => intent.refusal === undefined);
}
