import { facts, type FactKey } from '@parley/shared/contract/registry.ts';
import type { FactPayload, LiveChannel } from '../../domain/live/channel.ts';
import type { OutputCheck } from '../output-check.ts';
import { eventFrame } from './frames.ts';
import type { SessionSockets } from './session-sockets.ts';
import type { ParleyServer } from './socket-types.ts';
import type { SocketWriter } from './socket-writer.ts';

/** Apart from Socket.IO's own rooms, which are named by socket ids. */
const roomOf = (conversationId: string) => `conversation:${conversationId}`;

/** Tells facts to the sockets of this process. */
export function createSocketChannel(
  io: ParleyServer,
  sessions: SessionSockets,
  writer: SocketWriter,
  outputCheck: OutputCheck,
): LiveChannel {
  const { rooms } = io.sockets.adapter;
  const { sockets } = io.sockets;

  function frameOf<K extends FactKey>(key: K, payload: FactPayload<K>): Buffer {
    const fact = facts[key];
    outputCheck.assert(fact.name, fact.payload, payload);
    return eventFrame(fact.name, payload);
  }

  return {
    join(socketId, conversationId) {
      void sockets.get(socketId)?.join(roomOf(conversationId));
    },
    leave(socketId, conversationId) {
      void sockets.get(socketId)?.leave(roomOf(conversationId));
    },
    tellConversation(conversationId, key, payload, exceptSocketId) {
      const room = rooms.get(roomOf(conversationId));
      if (room === undefined) return;
      const frame = frameOf(key, payload);
      for (const socketId of room) {
        const socket = socketId === exceptSocketId ? undefined : sockets.get(socketId);
        if (socket !== undefined) writer.write(socket, frame);
      }
    },
    tellSocket(socketId, key, payload) {
      const socket = sockets.get(socketId);
      if (socket !== undefined) writer.write(socket, frameOf(key, payload));
    },
    endSession(sessionId, failure) {
      for (const socket of sessions.ofSession(sessionId)) {
        writer.end(socket, frameOf('sessionEnded', { error: failure }));
      }
    },
  };
}
