import type { InputOf, OutputOf } from '@parley/shared/contract/define.ts';
import { type OperationKey, type Operations, operations } from '@parley/shared/contract/registry.ts';
import type { Reply } from '@parley/shared/contract/reply.ts';
import { readReply, Refusal } from '../connection/ask.ts';
import type { HttpPort } from '../ports/http.ts';

const timeoutMs = 20_000;

/** Asks an operation over HTTP: those that make and end sessions, and the first look at a server. */
export type AskServer = <K extends OperationKey>(
  address: string,
  operation: K,
  input: InputOf<Operations[K]>,
  token?: string,
) => Promise<OutputOf<Operations[K]>>;

export function askServer(http: HttpPort): AskServer {
  return async (address, key, input, token) => {
    const { rest } = operations[key];
    if (rest === undefined) throw new Error(`${key} is not asked over HTTP`);
    let answer;
    try {
      answer = await http.send({
        address,
        method: rest.method,
        path: rest.path,
        timeoutMs,
        ...(rest.method !== 'GET' && { body: input }),
        ...(token !== undefined && { token }),
      });
    } catch {
      throw new Refusal('address_unreachable');
    }
    if (!isReply(answer.body)) throw new Refusal(answer.status >= 500 ? 'address_unreachable' : 'address_not_parley');
    return readReply(key, answer.body);
  };
}

function isReply(body: unknown): body is Reply<unknown> {
  return typeof body === 'object' && body !== null && 'ok' in body && typeof body.ok === 'boolean';
}
