import { parentPort, workerData } from 'node:worker_threads';
import { createBatchRunner, type Batch } from './batch.ts';
import { Checkpoints } from './checkpoints.ts';
import { sqliteCode } from './database.ts';
import { createStepCounter, faultAt } from './faults.ts';
import type { FromWorker, WorkerStart } from './link-messages.ts';
import { SqliteOpenError } from './open-error.ts';
import { createOperations } from './operations/operations.ts';
import { prepareDatabase } from './prepare-database.ts';

if (parentPort === null) throw new Error('Runs as a worker only');
const port = parentPort;
const start = workerData as WorkerStart;
const say = (message: FromWorker) => port.postMessage(message);

try {
  serve();
} catch (error) {
  if (!(error instanceof SqliteOpenError)) throw error;
  say({
    kind: 'not-opened',
    reason: error.reason,
    message: error.message,
    cause: error.cause instanceof Error ? error.cause.message : '',
  });
  port.close();
}

function serve(): void {
  const faults = start.faults;
  const beforeWrite = faults && createStepCounter(faults, () => say({ kind: 'stopped' }));
  const { database, identity } = prepareDatabase(start, undefined, beforeWrite);
  let hasWritten = false;
  const runner = createBatchRunner(database, createOperations(database), () => {
    hasWritten = true;
    beforeWrite?.();
  });
  const settle = () => {
    const trouble = runner.settle();
    if (trouble === undefined) return;
    say({ kind: 'trouble', message: trouble.message, details: { stack: trouble.stack, code: sqliteCode(trouble) } });
  };
  const checkpoints = new Checkpoints(database, settle);
  // What a crash has left in the journal.
  checkpoints.committed();

  port.on('message', (batch: Batch | null) => {
    if (batch === null) {
      settle();
      database.close();
      say({ kind: 'closed' });
      port.close();
      return;
    }
    if (faults) database.pragma(`max_page_count = ${Atomics.load(faults, faultAt.maxPages) || 0xfffffffe}`);
    port.postMessage(runner.run(batch));
    if (hasWritten) checkpoints.committed();
    hasWritten = false;
  });
  say({ kind: 'opened', identity });
}
