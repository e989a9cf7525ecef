import type { InputOf, OutputOf } from '@parley/shared/contract/define.ts';
import { type OperationKey, type Operations, operations } from '@parley/shared/contract/registry.ts';
import type { Reply } from '@parley/shared/contract/reply.ts';
import { protocolVersion } from '@parley/shared/contract/version.ts';
import { readReply, Refusal } from '../connection/ask.ts';
import type { LocalErrorCode } from '../api/commands.ts';
import { type HttpPort, NoAnswer, type NoAnswerReason } from '../ports/http.ts';

const timeoutMs = 20_000;

const codes: Record<NoAnswerReason, LocalErrorCode> = {
  'name-unknown': 'address_unknown',
  refused: 'address_refused',
  'not-trusted': 'address_not_trusted',
  'not-secure': 'address_not_secure',
  'not-http': 'address_not_parley',
};

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
    } catch (error) {
      throw new Refusal(error instanceof NoAnswer ? codes[error.reason] : 'address_unreachable');
    }
    if (!isReply(answer.body)) throw new Refusal(answer.status >= 500 ? 'address_unreachable' : 'address_not_parley');
    return readReply(key, answer.body);
  };
}

/** Who the server is; refused where there is no Parley, or one that this one cannot speak to. */
export async function describeServer(ask: AskServer, address: string): Promise<OutputOf<Operations['describeServer']>> {
  const described = await ask(address, 'describeServer', {}).catch((error: unknown) => {
    // Some other server answers in the same form.
    throw error instanceof Refusal && error.code === 'internal' ? new Refusal('address_not_parley') : error;
  });
  if (described.protocol.current < protocolVersion.oldestAccepted) throw new Refusal('server_too_old');
  if (protocolVersion.current < described.protocol.oldestAccepted) throw new Refusal('client_too_old');
  return described;
}

function isReply(body: unknown): body is Reply<unknown> {
  return typeof body === 'object' && body !== null && 'ok' in body && typeof body.ok === 'boolean';
}
