import type { ConnectionView } from '../api/views.ts';

/**
 * The life of an account's connection:
 *
 *     stopped ──> connecting ──> catching-up ──> current
 *        ^          │  ^  ^          │              │
 *        │          v  │  └──────────┴── waiting <──┘      (lost, no answer)
 *        │        waiting ─────> offline ──> connecting    (no network; network again)
 *        │          any of them ──> signed-out ──> connecting  (signed in again)
 *        └───────── any of them     update-needed (until this or the server's version changes)
 *
 * It is connecting until the server has said who it is, and who one is there.
 */
export type ConnectionState =
  | { kind: 'stopped' }
  | { kind: 'connecting'; attempt: number }
  | { kind: 'catching-up'; done: number; total: number }
  | { kind: 'current' }
  | { kind: 'waiting'; attempt: number; retryAt: number }
  | { kind: 'offline'; since: number }
  | { kind: 'signed-out' }
  | { kind: 'update-needed'; which: 'client' | 'server' };

type Kind = ConnectionState['kind'];

const anywhereOut: Kind[] = ['stopped', 'offline', 'signed-out', 'update-needed', 'waiting'];
const moves: Record<Kind, Kind[]> = {
  stopped: ['connecting', 'offline', 'signed-out'],
  connecting: ['catching-up', 'connecting', ...anywhereOut],
  'catching-up': ['catching-up', 'current', ...anywhereOut],
  current: ['catching-up', ...anywhereOut],
  waiting: ['connecting', ...anywhereOut],
  offline: ['connecting', ...anywhereOut],
  'signed-out': ['connecting', 'stopped', 'signed-out'],
  'update-needed': ['connecting', 'stopped', 'update-needed'],
};

/** The next state, if the diagram has the move; a move it does not have is a defect. */
export function moveConnection(from: ConnectionState, to: ConnectionState): ConnectionState {
  if (!moves[from.kind].includes(to.kind)) throw new Error(`A connection does not go from ${from.kind} to ${to.kind}`);
  return to;
}

/** Older than this, "up to date" is no longer said. */
export const confirmationLastsMs = 60_000;

/** What the UI is told. `confirmed`: when the server last said that everything is here, by both clocks. */
export function viewConnection(
  state: ConnectionState,
  confirmed: { at: number; monotonic: number } | undefined,
  monotonicNow: number,
): ConnectionView {
  switch (state.kind) {
    case 'stopped':
    case 'connecting':
      return { kind: 'checking', ...(confirmed && { asOf: confirmed.at }) };
    case 'catching-up':
      return { kind: 'catching-up', done: state.done, total: state.total };
    case 'current':
      return confirmed !== undefined && monotonicNow - confirmed.monotonic <= confirmationLastsMs
        ? { kind: 'current', asOf: confirmed.at }
        : { kind: 'checking', ...(confirmed && { asOf: confirmed.at }) };
    case 'waiting':
      return { kind: 'no-answer', retryAt: state.retryAt };
    case 'offline':
      return { kind: 'offline', since: state.since };
    case 'signed-out':
      return { kind: 'signed-out' };
    case 'update-needed':
      return { kind: 'update-needed', which: state.which };
  }
}
