import type { Server, Socket } from 'socket.io';
import type { ClientToServerEvents, ServerToClientEvents } from '@parley/shared/contract/registry.ts';
import type { Caller } from '../../domain/caller.ts';

/** Set by the handshake. */
export interface SocketData {
  caller: Caller;
}

type None = Record<string, never>;
export type ParleyServer = Server<ClientToServerEvents, ServerToClientEvents, None, SocketData>;
export type ParleySocket = Socket<ClientToServerEvents, ServerToClientEvents, None, SocketData>;
