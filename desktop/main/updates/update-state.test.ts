import { expect, test } from 'vitest';
import type { UpdateState } from '../../ipc/shell-api.ts';
import { nextUpdateState, type UpdateEvent } from './update-state.ts';

const states: UpdateState[] = [
  { kind: 'off' },
  { kind: 'resting', checkedAt: undefined },
  { kind: 'checking' },
  { kind: 'offered', version: '2.0.0' },
  { kind: 'downloading', version: '2.0.0', percent: 0 },
  { kind: 'ready', version: '2.0.0' },
];
const events: UpdateEvent[] = [
  { kind: 'check' },
  { kind: 'found', version: '2.0.0' },
  { kind: 'none', at: 1 },
  { kind: 'accept' },
  { kind: 'progress', percent: 50 },
  { kind: 'arrived' },
  { kind: 'fail', error: 'unreachable' },
];
const legal: Record<string, string> = {
  'resting check': 'checking',
  'offered check': 'checking',
  'checking found': 'offered',
  'checking none': 'resting',
  'checking fail': 'resting',
  'offered accept': 'downloading',
  'downloading progress': 'downloading',
  'downloading arrived': 'ready',
  'downloading fail': 'offered',
  'ready fail': 'offered',
};

const moves = states.flatMap((state) => events.map((event) => ({ state, event, move: `${state.kind} ${event.kind}` })));

test.each(moves.filter(({ move }) => move in legal))('an update: $move', ({ state, event, move }) => {
  expect(nextUpdateState(state, event).kind).toBe(legal[move]);
});

test.each(moves.filter(({ move }) => !(move in legal)))('an update, never: $move', ({ state, event }) => {
  expect(() => nextUpdateState(state, event)).toThrow(`An update that is ${state.kind} cannot ${event.kind}`);
});
