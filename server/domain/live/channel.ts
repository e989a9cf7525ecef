import type { FactKey, facts } from '@parley/shared/contract/registry.ts';
import type { PayloadOf } from '@parley/shared/contract/define.ts';
import type { Failure } from '@parley/shared/contract/reply.ts';

export type FactPayload<K extends FactKey> = PayloadOf<(typeof facts)[K]>;

/**
 * The sockets of this process, as the domain sees them. Every call takes effect before it returns, and what is told to one socket
 * arrives in the order it was told. Rooms are local to the process.
 */
export interface LiveChannel {
  /** Lets a socket hear a conversation. */
  join(socketId: string, conversationId: string): void;
  leave(socketId: string, conversationId: string): void;
  /** To every socket that has joined, but `exceptSocketId`. */
  tellConversation<K extends FactKey>(
    conversationId: string,
    fact: K,
    payload: FactPayload<K>,
    exceptSocketId?: string,
  ): void;
  tellSocket<K extends FactKey>(socketId: string, fact: K, payload: FactPayload<K>): void;
  /** Tells the session's sockets `session.ended` and closes them. */
  endSession(sessionId: string, failure: Failure): void;
}

/** What the transport tells the domain about sockets. */
export interface LiveSockets {
  /**
   * A socket has authenticated. Resolves when it follows all its conversations; no request of it is served before (D5: subscribe, then
   * fetch).
   */
  connected(socket: { socketId: string; userId: string; sessionId: string }): Promise<void>;
  disconnected(socketId: string): void;
}
