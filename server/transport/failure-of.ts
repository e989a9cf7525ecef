import type { Failure } from '@parley/shared/contract/reply.ts';
import { DomainError } from '../domain/domain-error.ts';
import type { Log } from '../domain/log.ts';
import { isStorageTrouble } from '../domain/storage-trouble.ts';

const storageRetryMs = 2_000;

/** What a client gets to know of whatever was thrown. Everything unexpected is `internal`, and only the log knows more. */
export function failureOf(error: unknown, operation: string, log: Log): Failure {
  if (error instanceof DomainError) {
    const { code, message, retryAfterMs } = error;
    return retryAfterMs === undefined ? { code, message } : { code, message, retryAfterMs };
  }
  if (isStorageTrouble(error)) {
    log.warn('storage unavailable', { operation, error });
    return { code: 'unavailable', message: 'The server cannot reach its data now', retryAfterMs: storageRetryMs };
  }
  log.error('defect', { operation, error });
  return { code: 'internal', message: 'Something went wrong on the server', retryAfterMs: storageRetryMs };
}
