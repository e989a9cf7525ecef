import { facts, type FactKey } from '@parley/shared/contract/registry.ts';
import type { FactPayload, LiveChannel } from '../../domain/live/channel.ts';
import type { OutputCheck } from '../output-check.ts';
import { eventPacket, writePacket } from './packets.ts';
import type { SessionSockets } from './session-sockets.ts';
import type { ParleyServer } from './socket-types.ts';

/** Apart from Socket.IO's own rooms, which are named by socket ids. */
const roomOf = (conversationId: string) => `conversation:${conversationId}`;

/** Without the event map: the name and the payload of a fact come from one registry entry. */
interface Emitter {
  emit(event: string, payload: unknown): unknown;
}

/** Tells facts to the sockets of this process. */
export function createSocketChannel(io: ParleyServer, sessions: SessionSockets, outputCheck: OutputCheck): LiveChannel {
  function tell<K extends FactKey>(to: Emitter, key: K, payload: FactPayload<K>): void {
    const fact = facts[key];
    outputCheck.assert(fact.name, fact.payload, payload);
    to.emit(fact.name, payload);
  }

  /** As the adapter's broadcast does it, but the frame is made here, once for the room. */
  function tellRoom(room: string, event: string, payload: unknown, exceptSocketId: string | undefined): void {
    const socketIds = io.sockets.adapter.rooms.get(room);
    if (socketIds === undefined) return;
    const packet = eventPacket(event, payload);
    for (const socketId of socketIds) {
      const socket = socketId === exceptSocketId ? undefined : io.sockets.sockets.get(socketId);
      if (socket !== undefined) writePacket(socket, packet);
    }
  }

  return {
    join(socketId, conversationId) {
      void io.sockets.sockets.get(socketId)?.join(roomOf(conversationId));
    },
    leave(socketId, conversationId) {
      void io.sockets.sockets.get(socketId)?.leave(roomOf(conversationId));
    },
    tellConversation(conversationId, key, payload, exceptSocketId) {
      const fact = facts[key];
      outputCheck.assert(fact.name, fact.payload, payload);
      tellRoom(roomOf(conversationId), fact.name, payload, exceptSocketId);
    },
    tellSocket(socketId, key, payload) {
      const socket = io.sockets.sockets.get(socketId);
      if (socket !== undefined) tell(socket, key, payload);
    },
    endSession(sessionId, failure) {
      for (const socket of sessions.ofSession(sessionId)) {
        tell(socket, 'sessionEnded', { error: failure });
        socket.disconnect(true);
      }
    },
  };
}
