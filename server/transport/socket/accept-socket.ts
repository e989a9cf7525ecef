import { errorClassOf } from '@parley/shared/contract/errors.ts';
import { facts } from '@parley/shared/contract/registry.ts';
import type { LiveSockets } from '../../domain/live/channel.ts';
import type { Caller } from '../../domain/caller.ts';
import { failureOf } from '../failure-of.ts';
import { eventFrame } from './frames.ts';
import { receiveEvents, type ReceivePorts } from './receive-events.ts';
import type { SessionSockets } from './session-sockets.ts';
import type { ParleySocket } from './socket-types.ts';

export interface AcceptPorts extends ReceivePorts {
  authenticate(accessToken: string): Promise<Caller>;
  sessionSeen(sessionId: string): Promise<void>;
  live: LiveSockets;
  sessions: SessionSockets;
}

/** Lets go of what only the handshake needed: the request with its headers, and the access token. */
function forgetHandshake(socket: ParleySocket): void {
  socket.handshake.auth = {};
  socket.handshake.headers = {};
  const connection = socket.conn as unknown as { request: unknown };
  connection.request = null;
}

/** Takes a socket whose handshake was good through its life: follow, serve, let go. */
export function acceptSocket(socket: ParleySocket, ports: AcceptPorts): void {
  const { userId, sessionId } = socket.data.caller;
  const token = String((socket.handshake.auth as { token?: unknown }).token);
  forgetHandshake(socket);
  ports.sessions.add(socket);
  let following = false;

  async function follow(): Promise<void> {
    // Asked again now that revoking the session would find this socket: it may have been revoked since the handshake.
    await ports.authenticate(token);
    following = true;
    if (socket.connected) await ports.live.connected({ socketId: socket.id, userId, sessionId });
    noteSeen();
  }

  /** Worth knowing, but not worth a connection. */
  function noteSeen(): void {
    ports.sessionSeen(sessionId).catch((error: unknown) => ports.log.warn('session not marked as seen', error));
  }

  const ready = follow();
  socket.on('disconnect', () => {
    ports.sessions.remove(socket);
    if (following) noteSeen();
    if (following) ports.live.disconnected(socket.id);
  });
  receiveEvents(socket, ready, ports);
  ready.catch((error: unknown) => {
    const refusal = failureOf(error, 'connect', ports.log);
    if (!socket.connected) return;
    // Only where the session is over is the client told so; anything else looks like a lost connection, and it comes back.
    if (errorClassOf(refusal.code) === 'sign-in') {
      ports.writer.end(socket, eventFrame(facts.sessionEnded.name, { error: refusal }));
    } else socket.conn.close();
  });
}
