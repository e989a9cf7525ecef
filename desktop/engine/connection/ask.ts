import type { InputOf, OutputOf } from '@parley/shared/contract/define.ts';
import { type ErrorClass, type ErrorCode, errorClassOf } from '@parley/shared/contract/errors.ts';
import { type OperationKey, type Operations, operations } from '@parley/shared/contract/registry.ts';
import type { Reply } from '@parley/shared/contract/reply.ts';
import type { LocalErrorCode } from '../api/commands.ts';
import { parseSurvivable } from './survivable.ts';

const noAnswer = new Set<string>([
  'not_connected',
  'address_unreachable',
  'address_unknown',
  'address_refused',
  'address_not_trusted',
  'address_not_secure',
] satisfies LocalErrorCode[]);

/** Why something asked of the server was not done. */
export class Refusal extends Error {
  readonly code: ErrorCode | LocalErrorCode;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode | LocalErrorCode, retryAfterMs?: number) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }

  get class(): ErrorClass {
    return noAnswer.has(this.code) ? 'retry' : errorClassOf(this.code);
  }
}

/** Asks one operation of the server. Rejects with a `Refusal`; `not_connected` where the outcome is unknown. */
export type Ask = <K extends OperationKey>(
  operation: K,
  input: InputOf<Operations[K]>,
) => Promise<OutputOf<Operations[K]>>;

/** What a reply says, checked against the contract: the server is not trusted. */
export function readReply<K extends OperationKey>(key: K, reply: Reply<unknown>): OutputOf<Operations[K]> {
  if (typeof reply !== 'object' || reply === null || typeof reply.ok !== 'boolean') throw new Refusal('internal');
  if (!reply.ok) {
    const { code, retryAfterMs } = reply.error ?? {};
    throw new Refusal(
      typeof code === 'string' ? code : 'internal',
      typeof retryAfterMs === 'number' && retryAfterMs >= 0 ? retryAfterMs : undefined,
    );
  }
  const parsed = parseSurvivable(operations[key].output, reply.data);
  if (!parsed.success) throw new Refusal('internal');
  return parsed.data as OutputOf<Operations[K]>;
}
