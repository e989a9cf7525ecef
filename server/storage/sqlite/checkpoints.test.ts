import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Checkpoints } from './checkpoints.ts';
import { openDatabase, type Database } from './database.ts';

/** A database that only counts. */
function loggedDatabase(frames: number): { database: Database; asked: string[] } {
  const asked: string[] = [];
  const pragma: Database['pragma'] = (text) => {
    asked.push(text);
    return [{ busy: 0, log: frames, checkpointed: 0 }];
  };
  return { database: { ...openDatabase(':memory:'), pragma }, asked };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('the journal is settled and the log brought into the file once nothing has come for a while, and then not again', () => {
  const { database, asked } = loggedDatabase(10);
  const checkpoints = new Checkpoints(database, () => void asked.push('settle'));
  for (let batch = 0; batch < 10; batch += 1) {
    checkpoints.committed();
    vi.advanceTimersByTime(90);
  }
  expect(asked).toEqual([]);
  vi.advanceTimersByTime(10_000);
  expect(asked).toEqual(['settle', 'wal_checkpoint(PASSIVE)']);
});

test('under steady work it is brought in when it has grown long', () => {
  const { database, asked } = loggedDatabase(9000);
  const checkpoints = new Checkpoints(database, () => void asked.push('settle'));
  for (let batch = 0; batch < 64; batch += 1) checkpoints.committed();
  expect(asked).toEqual(['wal_checkpoint(NOOP)', 'wal_checkpoint(PASSIVE)']);
});

test('a checkpoint that fails is tried again, and disturbs nobody', () => {
  const { database, asked } = loggedDatabase(10);
  const failing: Database = {
    ...database,
    pragma(text) {
      asked.push(text);
      throw new Error('disk I/O error');
    },
  };
  const checkpoints = new Checkpoints(failing, () => undefined);
  for (let turn = 0; turn < 2; turn += 1) {
    checkpoints.committed();
    vi.advanceTimersByTime(1000);
  }
  expect(asked).toHaveLength(2);
});
