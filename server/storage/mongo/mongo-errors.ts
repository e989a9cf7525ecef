import mongoose from 'mongoose';
import { StorageUnavailable } from '../port/storage.ts';

const { MongoError, MongoServerError, MongoNetworkError, MongoServerSelectionError, MongoBulkWriteError } =
  mongoose.mongo;

const duplicateKey = 11000;
/** Write conflicts, and FerretDB's "deadlock detected": nothing was written. */
const conflicts = new Set([112, 16908292]);
/** The server steps down, shuts down, or has just begun. */
const unsteady = new Set([6, 7, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);

export function isTaken(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === duplicateKey;
}

/** The places in a bulk of those whose id was taken; `null`: something else went wrong. */
export function takenIn(error: unknown): number[] | null {
  if (!(error instanceof MongoBulkWriteError)) return null;
  const errors = [error.writeErrors].flat();
  if (errors.length === 0 || errors.some(({ code }) => code !== duplicateKey)) return null;
  return errors.map(({ index }) => index);
}

/** Asking again may help. What became of a write is unknown. */
export function isTransient(error: unknown): boolean {
  if (error instanceof MongoNetworkError || error instanceof MongoServerSelectionError) return true;
  if (!(error instanceof MongoServerError)) return false;
  const code = Number(error.code);
  return conflicts.has(code) || unsteady.has(code) || error.hasErrorLabel('RetryableWriteError');
}

/** Every failure of the database is told as the port says; what the caller did wrong stays as it is. */
export function toldError(error: unknown): unknown {
  if (!(error instanceof MongoError) && !(error instanceof mongoose.Error)) return error;
  return new StorageUnavailable(`The database cannot serve: ${error.message}`, { cause: error });
}
