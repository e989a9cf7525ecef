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

export interface BatchRunner {
  /**
   * All writes of a batch in one transaction, so that they share one fsync; then its reads, which see them. A fault of the disk fails all
   * of them. A call that throws otherwise fails alone: the others are done again, each in a transaction of its own.
   */
  run(batch: Batch): BatchAnswer;
  /** Brings the journal into the tables. Where that fails it stays as it is; the answer is why, unless the disk is at fault: the next write says so. */
  settle(): Error | undefined;
}

/** `committed` runs when the writes of a batch are through and nobody has been told yet. */
export function createBatchRunner(
  database: Database,
  operations: DatabaseOperations,
  committed: () => void,
): BatchRunner {
  const { journal } = operations;
  const writes = operations.writes as unknown as Partial<Record<string, Run>>;
  const reads = operations.reads as unknown as Partial<Record<string, Run>>;
  const attempt = createTransaction(database, operations);

  function runWrites(calls: readonly Call[], result: BatchAnswer): void {
    const failed = attempt(() => {
      for (const { index, argument, write } of calls) result.answers[index] = write?.(argument);
    });
    if (failed === undefined) return;
    if (failed.kind === 'refused' && calls.length > 1) for (const call of calls) runWrites([call], result);
    else for (const { index } of calls) result.failures.push([index, failed.kind, failed.error.message]);
  }

  return {
    run(batch) {
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
          journal.read();
          result.answers[index] = read(argument);
        } catch (error) {
          result.failures.push([index, isFaultOfDisk(error) ? 'unavailable' : 'refused', errorFrom(error).message]);
        }
      }
      return result;
    },
    settle() {
      const failed = journal.isEmpty ? undefined : attempt(() => journal.apply());
      return failed?.kind === 'refused' ? failed.error : undefined;
    },
  };
}

/** Does all of `work`, or nothing, and then answers why. */
function createTransaction(database: Database, { heads, journal }: DatabaseOperations) {
  const begin = database.statement('BEGIN IMMEDIATE');
  const commit = database.statement('COMMIT');

  const rollBack = () => {
    heads.conversations.forget();
    heads.feeds.forget();
    journal.forget();
    if (database.isInTransaction()) database.execute('ROLLBACK');
  };

  return function attempt(work: () => void): { kind: Failure[1]; error: Error } | undefined {
    let isCommitting = false;
    try {
      begin.run();
      journal.read();
      work();
      journal.flush();
      heads.conversations.flush();
      heads.feeds.flush();
      isCommitting = true;
      commit.run();
      return undefined;
    } catch (thrown) {
      rollBack();
      const error = errorFrom(thrown);
      if (!isFaultOfDisk(error)) return { kind: 'refused', error };
      return { kind: isCommitting ? 'unknown' : 'unavailable', error };
    }
  };
}

/** A constraint that does not hold or a value of the wrong kind is the call's fault. */
function isFaultOfDisk(error: unknown): boolean {
  const code = sqliteCode(error);
  return code !== undefined && !/^SQLITE_(CONSTRAINT|ERROR|MISMATCH|RANGE|TOOBIG)/.test(code);
}

function errorFrom(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
