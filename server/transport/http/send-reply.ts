import type { Response } from 'express';
import type { Failure, Reply } from '@parley/shared/contract/reply.ts';
import { statusOfCode } from './status-of.ts';

export function sendReply(response: Response, reply: Reply<unknown>, status: number): void {
  if (!reply.ok && reply.error.retryAfterMs !== undefined) {
    response.setHeader('Retry-After', String(Math.ceil(reply.error.retryAfterMs / 1000)));
  }
  response.status(status).json(reply);
}

export function sendFailure(response: Response, error: Failure, status = statusOfCode(error.code)): void {
  sendReply(response, { ok: false, error }, status);
}
