import type { z } from 'zod';
import { operations, type OperationKey } from '@parley/shared/contract/registry.ts';
import { failure, success, type Reply } from '@parley/shared/contract/reply.ts';
import type { Caller } from '../domain/caller.ts';
import { DomainError } from '../domain/domain-error.ts';
import type { Log } from '../domain/log.ts';
import type { RequestOrigin } from '../domain/accounts/request-origin.ts';
import type { Drain } from './drain.ts';
import { failureOf } from './failure-of.ts';
import type { Asked, Handlers } from './handlers.ts';
import type { OutputCheck } from './output-check.ts';
import type { RateGate } from './rate-gate.ts';

/** One request, over whatever it came. */
export interface Incoming {
  key: OperationKey;
  input: unknown;
  /** Says who asks; called only where the operation needs to know. */
  identify(): Caller | Promise<Caller>;
  origin: RequestOrigin;
}

export type Serve = (incoming: Incoming) => Promise<Reply<unknown>>;

export interface ServePorts {
  handlers: Handlers;
  rateGate: RateGate;
  outputCheck: OutputCheck;
  drain: Drain;
  log: Log;
}

const probes: readonly OperationKey[] = ['checkLive', 'checkReady'];

/** Names the place and the rule, never the value. */
function describe(error: z.ZodError): string {
  const [issue] = error.issues;
  const place = issue?.path.map(String).join('.') ?? '';
  const text = place === '' ? (issue?.message ?? 'Invalid') : `${place}: ${issue?.message ?? 'invalid'}`;
  return text.slice(0, 200);
}

/** The one road of every request: who asks, how often, what exactly; then one call of the domain. */
export function createServe({ handlers, rateGate, outputCheck, drain, log }: ServePorts): Serve {
  async function answer({ key, input, identify, origin }: Incoming): Promise<unknown> {
    const operation = operations[key];
    if (drain.isDraining && !probes.includes(key))
      throw new DomainError('unavailable', 'The server is stopping', 1_000);
    const caller = operation.auth === 'session' ? await identify() : null;
    if (caller !== null) await rateGate(caller.userId, operation.rate ?? 'reads');
    const parsed = operation.input.safeParse(input ?? {});
    if (!parsed.success) throw new DomainError('invalid_request', describe(parsed.error));
    // The table pairs each key with the handler of its own input; TypeScript cannot follow a pair through an index.
    const handle = handlers[key] as (asked: Asked, input: unknown) => Promise<unknown>;
    const output = await handle({ caller, origin }, parsed.data);
    outputCheck.assert(operation.name, operation.output, output);
    return output;
  }

  return async (incoming) => {
    drain.enter();
    try {
      return success(await answer(incoming));
    } catch (error) {
      const { code, message, retryAfterMs } = failureOf(error, operations[incoming.key].name, log);
      return failure(code, message, retryAfterMs);
    } finally {
      drain.leave();
    }
  };
}
