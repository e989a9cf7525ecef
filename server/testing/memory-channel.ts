import type { FactPayload, LiveChannel } from '../domain/live/channel.ts';

export interface Told {
  socketId: string;
  fact: string;
  payload: unknown;
}

/** Rooms and sockets in memory: what was told, to whom, in order. */
export interface MemoryChannel extends LiveChannel {
  readonly told: readonly Told[];
  /** The revs of a conversation a socket was told. */
  revsOf(socketId: string): number[];
  membersOf(conversationId: string): string[];
}

export function createMemoryChannel(): MemoryChannel {
  const rooms = new Map<string, Set<string>>();
  const told: Told[] = [];
  const room = (conversationId: string) => {
    const sockets = rooms.get(conversationId) ?? new Set<string>();
    rooms.set(conversationId, sockets);
    return sockets;
  };
  return {
    told,
    revsOf: (socketId) =>
      told
        .filter((one) => one.socketId === socketId && one.fact === 'conversationChanged')
        .map(({ payload }) => (payload as FactPayload<'conversationChanged'>).rev),
    membersOf: (conversationId) => [...room(conversationId)],
    join: (socketId, conversationId) => void room(conversationId).add(socketId),
    leave: (socketId, conversationId) => void room(conversationId).delete(socketId),
    tellConversation(conversationId, fact, payload, exceptSocketId) {
      for (const socketId of room(conversationId)) {
        if (socketId !== exceptSocketId) told.push({ socketId, fact, payload });
      }
    },
    tellSocket: (socketId, fact, payload) => void told.push({ socketId, fact, payload }),
    endSession() {},
  };
}
