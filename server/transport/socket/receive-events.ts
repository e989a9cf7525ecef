import { operations, type OperationKey } from '@parley/shared/contract/registry.ts';
import { failure, type Reply } from '@parley/shared/contract/reply.ts';
import { DomainError } from '../../domain/domain-error.ts';
import type { RequestOrigin } from '../../domain/accounts/request-origin.ts';
import type { Log } from '../../domain/log.ts';
import type { RateGate } from '../rate-gate.ts';
import { noCookie } from '../refresh-cookie.ts';
import type { Serve } from '../serve.ts';
import { ackFrame } from './frames.ts';
import type { ParleySocket } from './socket-types.ts';
import type { SocketWriter } from './socket-writer.ts';
import { takeEvents } from './take-events.ts';

const keyByEvent = new Map<string, OperationKey>(
  Object.entries(operations)
    .filter(([, operation]) => operation.overSocket)
    .map(([key, operation]) => [operation.name, key as OperationKey]),
);

/** What may wait while a socket comes to follow its conversations. */
const maxWaiting = 200;

/** Of no use over a socket: who asks is known, and no cookie goes out. */
const origin: RequestOrigin = { address: '', cookie: noCookie };

export interface ReceivePorts {
  serve: Serve;
  rateGate: RateGate;
  writer: SocketWriter;
  log: Log;
}

/** The one way in for everything a socket sends (S10). Nothing thrown here leaves it. */
export function receiveEvents(socket: ParleySocket, ready: Promise<void>, ports: ReceivePorts): void {
  const { caller } = socket.data;
  let waiting = 0;
  let isReady = false;
  void ready.then(
    () => (isReady = true),
    () => {},
  );

  const identify = () => caller;

  function answer(event: unknown, input: unknown): Promise<Reply<unknown>> {
    const key = typeof event === 'string' ? keyByEvent.get(event) : undefined;
    return key === undefined ? refuseUnknown() : ports.serve({ key, input, identify, origin });
  }

  async function refuseUnknown(): Promise<Reply<unknown>> {
    try {
      await ports.rateGate(caller.userId, 'reads');
    } catch (error) {
      if (error instanceof DomainError) return failure(error.code, error.message, error.retryAfterMs);
      throw error;
    }
    return failure('unknown_operation', 'This server does not know this request');
  }

  async function untilReady(): Promise<Reply<unknown> | null> {
    if (waiting >= maxWaiting) return failure('rate_limited', 'Wait until the connection is ready', 1_000);
    waiting += 1;
    try {
      await ready;
      return null;
    } finally {
      waiting -= 1;
    }
  }

  async function receive([event, input]: readonly unknown[], id: number | undefined): Promise<void> {
    const refused = isReady ? null : await untilReady();
    if (!socket.connected) return;
    const reply = refused ?? (await answer(event, input));
    if (id !== undefined) ports.writer.write(socket, ackFrame(id, reply));
  }

  takeEvents(socket, (values, id) => {
    receive(values, id).catch((error: unknown) => {
      if (socket.connected) ports.log.error('defect', { operation: 'socket', error });
    });
  });
  // Without a listener Node's emitters throw this one; a packet that cannot be read closes only its own connection.
  socket.on('error', () => {});
}
