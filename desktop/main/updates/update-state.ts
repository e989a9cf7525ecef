import type { UpdateError, UpdateState } from '../../ipc/shell-api.ts';

/**
 * How far this app is on the way to a newer one.
 *
 *     off          (built without a feed: it stays so)
 *     resting --check--> checking --found--> offered --accept--> downloading --arrived--> ready --install--> (the app ends)
 *        ^                  |                   |  ^                  |              |
 *        +--- none, fail ---+                   |  +------ fail ------+---- fail ----+
 *        checking <----------- check -----------+
 */
export type UpdateEvent =
  | { kind: 'check' }
  | { kind: 'found'; version: string }
  | { kind: 'none'; at: number }
  | { kind: 'accept' }
  | { kind: 'progress'; percent: number }
  | { kind: 'arrived' }
  | { kind: 'fail'; error: UpdateError };

export function nextUpdateState(state: UpdateState, event: UpdateEvent): UpdateState {
  switch (event.kind) {
    case 'check':
      if (state.kind === 'resting' || state.kind === 'offered') return { kind: 'checking' };
      break;
    case 'found':
      if (state.kind === 'checking') return { kind: 'offered', version: event.version };
      break;
    case 'none':
      if (state.kind === 'checking') return { kind: 'resting', checkedAt: event.at };
      break;
    case 'accept':
      if (state.kind === 'offered') return { kind: 'downloading', version: state.version, percent: 0 };
      break;
    case 'progress':
      if (state.kind === 'downloading') return { ...state, percent: event.percent };
      break;
    case 'arrived':
      if (state.kind === 'downloading') return { kind: 'ready', version: state.version };
      break;
    case 'fail':
      if (state.kind === 'checking') return { kind: 'resting', checkedAt: undefined, error: event.error };
      if (state.kind === 'downloading' || state.kind === 'ready') {
        return { kind: 'offered', version: state.version, error: event.error };
      }
  }
  throw new Error(`An update that is ${state.kind} cannot ${event.kind}`);
}
