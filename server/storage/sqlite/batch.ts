import { sqliteCode, type Database } from './database.ts';
import type { DatabaseOperations } from './operations/operations.ts';

/** name, argument, name, argument, ... */
export type Batch = unknown[];

/** [place of the call in the batch, what happened, message]; `unknown`: it may have been written. */
export type Failure = [index: number, kind: 'unavailable' | 'unknown' | 'refused', message: string];

export interface BatchAnswer {
  answers: unknown[];
  failures: Failure[];
}

type Run = (argument: unknown) => unknown;

interface Call {
  index: number;
  argument: unknown;
  write: Run | undefined;
  read: Run | undefined;
}

/**
 * All writes of a batch in one transaction, so that they share one fsync; then its reads, which see them. A fault of the disk fails
 * all of them. `committed` runs when the writes of a batch are through and nobody has been told yet. A call that throws otherwise fails alone: the others are done again, each in a transaction of its own.
 */
export function createBatchRunner(
  database: Database,
  operations: DatabaseOperations,
  committed: () => void,
): (batch: Batch) => BatchAnswer {
  const writes = operations.writes as unknown as Partial<Record<string, Run>>;
  const reads = operations.reads as unknown as Partial<Record<string, Run>>;
  const runWrites = createWriter(database, operations);

  return (batch) => {
    const result: BatchAnswer = { answers: [], failures: [] };
    const calls: Call[] = [];
    for (let at = 0; at < batch.length; at += 2) {
      const name = batch[at] as string;
      calls.push({ index: at / 2, argument: batch[at + 1], write: writes[name], read: reads[name] });
    }
    const writing = calls.filter((call) => call.write !== undefined);
    if (writing.length > 0) {
      runWrites(writing, result);
      committed();
    }
    for (const { index, argument, read } of calls) {
      if (read === undefined) continue;
      try {
        result.answers[index] = read(argument);
      } catch (error) {
        result.failures.push([index, isFaultOfDisk(error) ? 'unavailable' : 'refused', textOf(error)]);
      }
    }
    return result;
  };
}

function createWriter(database: Database, { heads }: DatabaseOperations) {
  const begin = database.statement('BEGIN IMMEDIATE');
  const commit = database.statement('COMMIT');

  const rollBack = () => {
    heads.conversations.forget();
    heads.feeds.forget();
    if (database.isInTransaction()) database.execute('ROLLBACK');
  };

  return function runWrites(calls: readonly Call[], result: BatchAnswer): void {
    let isCommitting = false;
    try {
      begin.run();
      for (const { index, argument, write } of calls) result.answers[index] = write?.(argument);
      heads.conversations.flush();
      heads.feeds.flush();
      isCommitting = true;
      commit.run();
    } catch (error) {
      rollBack();
      if (isFaultOfDisk(error)) {
        const kind = isCommitting ? 'unknown' : 'unavailable';
        for (const { index } of calls) result.failures.push([index, kind, textOf(error)]);
      } else if (calls.length > 1) {
        for (const call of calls) runWrites([call], result);
      } else {
        for (const { index } of calls) result.failures.push([index, 'refused', textOf(error)]);
      }
    }
  };
}

/** A constraint that does not hold or a value of the wrong kind is the call's fault. */
function isFaultOfDisk(error: unknown): boolean {
  const code = sqliteCode(error);
  return code !== undefined && !/^SQLITE_(CONSTRAINT|ERROR|MISMATCH|RANGE|TOOBIG)/.test(code);
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
