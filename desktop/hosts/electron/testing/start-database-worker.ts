import { Worker } from 'node:worker_threads';

/** Runs the worker from its source, without the options of this process: a test runner's loaders have no business in there. */
export function startDatabaseWorker(): Worker {
  return new Worker(new URL('../store/database-worker.ts', import.meta.url), { execArgv: [] });
}
