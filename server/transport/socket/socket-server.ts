import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import type { Failure } from '@parley/shared/contract/reply.ts';
import type { LiveChannel } from '../../domain/live/channel.ts';
import type { Origins } from '../origins.ts';
import type { OutputCheck } from '../output-check.ts';
import { acceptSocket, type AcceptPorts } from './accept-socket.ts';
import { createAddressOf } from './address-of.ts';
import { createAdmission } from './admission.ts';
import { createHandshake } from './handshake.ts';
import { createSessionSockets } from './session-sockets.ts';
import { createSocketChannel } from './socket-channel.ts';
import type { ParleyServer } from './socket-types.ts';
import { SocketWriter } from './socket-writer.ts';
import { watchBackpressure } from './watch-backpressure.ts';

export interface SocketServerOptions {
  http: HttpServer;
  origins: Origins;
  outputCheck: OutputCheck;
  trustedProxies: readonly string[];
  maxPerAddress: number;
  maxPerUser: number;
  isDraining(): boolean;
}

export interface SocketServer {
  channel: LiveChannel;
  /** Begins to accept. Before, everybody is kept waiting by the listener not being open. */
  start(ports: Omit<AcceptPorts, 'sessions' | 'writer'>): void;
  endSession(sessionId: string, failure: Failure): void;
  /** Tells every socket, each its own time to come back. */
  announceStop(delayFor: (index: number) => number): void;
  /** Closes all sockets and stops accepting. */
  close(): Promise<void>;
}

/**
 * Engine.IO leaves the response to an upgrade with its connection for as long as that lives, and in it the request with all its headers.
 * Only a middleware is handed the response; nothing after this one sets headers.
 */
function dropRequest(_request: unknown, response: object, next: () => void): void {
  (response as { req: unknown }).req = null;
  next();
}

export const maxFrameBytes = 128 * 1024;

export function createSocketServer(options: SocketServerOptions): SocketServer {
  const addressOf = createAddressOf(options.trustedProxies);
  const { isDraining, maxPerAddress, origins } = options;
  const admission = createAdmission({ origins, addressOf, maxPerAddress, isDraining });
  const io: ParleyServer = new Server(options.http, {
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: maxFrameBytes,
    connectTimeout: 10_000,
    // A line that is dead without having broken is noticed by both ends after 18 s at the latest.
    pingInterval: 10_000,
    pingTimeout: 8_000,
    cleanupEmptyChildNamespaces: true,
    allowRequest: (request, decide) => admission.allow(request, decide),
  });
  const sessions = createSessionSockets();
  const writer = new SocketWriter();
  const channel = createSocketChannel(io, sessions, writer, options.outputCheck);
  let stopWatching = () => {};

  return {
    channel,
    start(ports) {
      admission.count(io.engine);
      io.engine.use(dropRequest);
      const { authenticate, log } = ports;
      io.use(createHandshake({ authenticate, sessions, maxPerUser: options.maxPerUser, log }));
      io.on('connection', (socket) => {
        try {
          acceptSocket(socket, { ...ports, sessions, writer });
        } catch (error) {
          log.error('defect', { operation: 'connect', error });
          socket.conn.close();
        }
      });
      stopWatching = watchBackpressure(io, log);
    },
    endSession: (sessionId, failure) => channel.endSession(sessionId, failure),
    announceStop(delayFor) {
      let index = 0;
      for (const socketId of io.sockets.sockets.keys()) {
        channel.tellSocket(socketId, 'serverStopping', { reconnectInMs: delayFor(index) });
        index += 1;
      }
    },
    async close() {
      stopWatching();
      writer.flush();
      // Closes the transports and tells nobody to go away for good: clients come back by themselves.
      await io.close();
    },
  };
}
