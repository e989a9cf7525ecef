import { handshakeSchema } from '@parley/shared/contract/handshake.ts';
import type { Failure } from '@parley/shared/contract/reply.ts';
import { protocolVersion } from '@parley/shared/contract/version.ts';
import type { Caller } from '../../domain/caller.ts';
import { DomainError } from '../../domain/domain-error.ts';
import type { Log } from '../../domain/log.ts';
import { failureOf } from '../failure-of.ts';
import type { SessionSockets } from './session-sockets.ts';
import type { ParleySocket } from './socket-types.ts';

export interface HandshakePorts {
  authenticate(accessToken: string): Promise<Caller>;
  sessions: SessionSockets;
  maxPerUser: number;
  log: Log;
}

/** Refuses a client or a server that is too old for the other, each with its own code. */
function refuseVersions(protocol: { current: number; oldestAccepted: number }): void {
  if (protocol.current < protocolVersion.oldestAccepted) {
    throw new DomainError('client_too_old', `This server speaks protocol ${protocolVersion.oldestAccepted} and newer`);
  }
  if (protocol.oldestAccepted > protocolVersion.current) {
    throw new DomainError('server_too_old', `This server speaks protocol ${protocolVersion.current} and older`);
  }
}

function withData(failure: Failure): Error & { data: Failure } {
  return Object.assign(new Error(failure.code), { data: failure });
}

/** Socket.IO's middleware: says who connects, or refuses with a `Failure` as the data of `connect_error`. */
export function createHandshake(ports: HandshakePorts) {
  const begun = new WeakSet<object>();

  async function admit(socket: ParleySocket): Promise<void> {
    // One socket for each connection: the caps count connections.
    if (begun.has(socket.conn)) throw new DomainError('invalid_request', 'This connection has a socket already');
    begun.add(socket.conn);
    const auth: unknown = socket.handshake.auth;
    const token: unknown = (auth as { token?: unknown } | null)?.token;
    if (typeof token !== 'string') throw new DomainError('unauthenticated', 'Give the access token as auth.token');
    const parsed = handshakeSchema.safeParse(auth);
    if (!parsed.success) throw new DomainError('invalid_request', 'The handshake is not { token, protocol }');
    refuseVersions(parsed.data.protocol);
    const caller = await ports.authenticate(parsed.data.token);
    if (ports.sessions.countOfUser(caller.userId) >= ports.maxPerUser) {
      throw new DomainError('rate_limited', 'This account has too many connections', 10_000);
    }
    socket.data.caller = { ...caller, socketId: socket.id };
  }

  return (socket: ParleySocket, next: (error?: Error) => void): void => {
    admit(socket).then(
      () => next(),
      (error: unknown) => next(withData(failureOf(error, 'handshake', ports.log))),
    );
  };
}
