import type { ErrorCode } from '@parley/shared/contract/errors.ts';

/** A refusal, with the code the client gets. The message is for developers and carries nothing a person wrote. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, retryAfterMs?: number) {
    super(message);
    this.name = 'DomainError';
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}
