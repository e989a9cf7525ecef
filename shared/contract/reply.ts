import { z } from 'zod';
import type { ErrorCode } from './errors.ts';

/** Why a request was refused. `message` is English, for logs and developers; a client shows its own words for `code`. */
export interface Failure {
  /** One of `errorCodes`; a newer server may send others. */
  code: ErrorCode;
  message: string;
  /** How long to wait before the same request may succeed, in milliseconds. Only with codes of class `retry`. */
  retryAfterMs?: number;
}

/** The one shape of every REST body and every Socket.IO acknowledgement. */
export type Reply<T> = { ok: true; data: T } | { ok: false; error: Failure };

export const failureSchema = z.object({
  code: z.string().max(64),
  message: z.string().max(1_000),
  retryAfterMs: z.int().nonnegative().optional(),
});

export function replySchema<T extends z.ZodType>(data: T) {
  return z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), data }),
    z.object({ ok: z.literal(false), error: failureSchema }),
  ]);
}

export function success<T>(data: T): Reply<T> {
  return { ok: true, data };
}

export function failure(code: ErrorCode, message: string, retryAfterMs?: number): { ok: false; error: Failure } {
  return { ok: false, error: retryAfterMs === undefined ? { code, message } : { code, message, retryAfterMs } };
}
