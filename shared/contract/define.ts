import type { z } from 'zod';
import type { ErrorCode } from './errors.ts';
import type { RateName } from './limits.ts';

/** Where an operation can also be reached over HTTP. `{name}` in the path is a field of the input. */
export interface RestBinding {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: `/api/${string}` | `/health/${string}`;
}

/**
 * Something a client asks of the server. Its `name` is the Socket.IO event; the acknowledgement is a `Reply` of `output`.
 * Over HTTP the input is gathered from the path, the query (GET, DELETE) or the JSON body.
 */
export interface Operation<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  name: string;
  summary: string;
  /** `none`: anybody; `session`: a valid access token. */
  auth: 'none' | 'session';
  /** Whether it can be asked over the socket. Operations that make or end sessions cannot. */
  overSocket: boolean;
  rest?: RestBinding;
  input: I;
  output: O;
  /** The codes it answers beside those every operation may answer (see `commonErrors`). */
  errors: readonly ErrorCode[];
  rate?: RateName;
}

/** Something the server tells, in the past tense. Its `name` is the Socket.IO event; nothing is acknowledged. */
export interface Fact<P extends z.ZodType = z.ZodType> {
  name: string;
  summary: string;
  payload: P;
}

export type InputOf<T extends Operation> = z.input<T['input']>;
export type ParsedInputOf<T extends Operation> = z.output<T['input']>;
export type OutputOf<T extends Operation> = z.output<T['output']>;
export type PayloadOf<T extends Fact> = z.output<T['payload']>;

/** What any operation may answer. */
export const commonErrors = [
  'invalid_request',
  'payload_too_large',
  'rate_limited',
  'unavailable',
  'internal',
] as const satisfies readonly ErrorCode[];

export function operation<const N extends string, const S extends boolean, I extends z.ZodType, O extends z.ZodType>(
  entry: Operation<I, O> & { name: N; overSocket: S },
): Operation<I, O> & { name: N; overSocket: S } {
  return entry;
}

export function fact<const N extends string, P extends z.ZodType>(entry: Fact<P> & { name: N }): Fact<P> & { name: N } {
  return entry;
}
