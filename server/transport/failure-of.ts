import type { Failure } from '@parley/shared/contract/reply.ts';
import { DomainError } from '../domain/domain-error.ts';
import type { Log } from '../domain/log.ts';
import { StorageUnavailable } from '../storage/port/storage.ts';

const storageRetryMs = 2_000;

/** What may be said in a log about a defect: its kind and where, never its message, which may quote what a person wrote. */
export function traceOf(error: unknown): { kind: string; code?: string; frames: string[] } {
  if (!(error instanceof Error)) return { kind: typeof error, frames: [] };
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) => line.trim());
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' ? { kind: error.name, code, frames } : { kind: error.name, frames };
}

/** What a client gets to know of whatever was thrown. Everything unexpected is `internal`, and only the log knows more. */
export function failureOf(error: unknown, operation: string, log: Log): Failure {
  if (error instanceof DomainError) {
    const { code, message, retryAfterMs } = error;
    return retryAfterMs === undefined ? { code, message } : { code, message, retryAfterMs };
  }
  if (error instanceof StorageUnavailable) {
    log.warn('storage unavailable', { operation, ...traceOf(error) });
    return { code: 'unavailable', message: 'The server cannot reach its data now', retryAfterMs: storageRetryMs };
  }
  log.error('defect', { operation, ...traceOf(error) });
  return { code: 'internal', message: 'Something went wrong on the server', retryAfterMs: storageRetryMs };
}
