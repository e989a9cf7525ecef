import type { BatchAnswer } from './batch.ts';
import type { SqliteOpenFailure } from './open-error.ts';
import type { DatabaseSettings } from './prepare-database.ts';

/** What the worker is started with. */
export interface WorkerStart extends DatabaseSettings {
  faults?: Int32Array | undefined;
}

/** Beside the answers to batches, which come bare. */
export type FromWorker =
  | { kind: 'opened'; identity: { serverId: string; epoch: string } }
  | { kind: 'not-opened'; reason: SqliteOpenFailure; message: string; cause: string }
  | { kind: 'trouble'; message: string; details: { stack: string | undefined; code: string | undefined } }
  | { kind: 'stopped' }
  | { kind: 'closed' };

export type WorkerMessage = FromWorker | (BatchAnswer & { kind?: undefined });
