import { describe, expect, test } from 'vitest';
import { type ConnectionState, moveConnection, viewConnection } from './connection-state.ts';

const states: ConnectionState[] = [
  { kind: 'stopped' },
  { kind: 'connecting', attempt: 0 },
  { kind: 'catching-up', done: 0, total: 0 },
  { kind: 'current' },
  { kind: 'waiting', attempt: 1, retryAt: 9 },
  { kind: 'offline', since: 3 },
  { kind: 'signed-out' },
  { kind: 'update-needed', which: 'client' },
];

/** As drawn: a row is where it comes from, a letter where it goes to. */
const drawn: Record<ConnectionState['kind'], string> = {
  //               s c u C w o x n
  stopped: '       . c . . . o x .',
  connecting: '    s c u . w o x n',
  'catching-up': ' s . u C w o x n',
  current: '       s . u . w o x n',
  waiting: '       s c . . w o x n',
  offline: '       s c . . w o x n',
  'signed-out': '  s c . . . . x .',
  'update-needed': 's c . . . . . n',
};

function outcomeOf(run: () => ConnectionState): ConnectionState | string {
  try {
    return run();
  } catch (error) {
    return (error as Error).message;
  }
}

describe.each(states)('from $kind', (from) => {
  const legal = drawn[from.kind].trim().split(' ');
  test.each(states.map((to, index) => ({ to, isLegal: legal[index] !== '.' })))('to $to.kind', ({ to, isLegal }) => {
    const moved = () => moveConnection(from, to);
    const refusal = `A connection does not go from ${from.kind} to ${to.kind}`;
    expect(outcomeOf(moved)).toEqual(isLegal ? to : refusal);
  });
});

describe('what is told', () => {
  const confirmed = { at: 1_000, monotonic: 500 };

  test('D10 "up to date" for 60 seconds of the clock that never runs backwards, then that it is being checked', () => {
    expect(viewConnection({ kind: 'current' }, confirmed, 60_500)).toEqual({ kind: 'current', asOf: 1_000 });
    expect(viewConnection({ kind: 'current' }, confirmed, 60_501)).toEqual({ kind: 'checking', asOf: 1_000 });
    expect(viewConnection({ kind: 'current' }, undefined, 0)).toEqual({ kind: 'checking' });
  });

  test('D10 every state has its words', () => {
    expect(states.map((state) => viewConnection(state, undefined, 0).kind)).toEqual([
      'checking',
      'checking',
      'catching-up',
      'checking',
      'no-answer',
      'offline',
      'signed-out',
      'update-needed',
    ]);
  });
});
