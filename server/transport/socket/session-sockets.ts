import type { ParleySocket } from './socket-types.ts';

/** Which sockets of this process belong to which session and to which account. */
export interface SessionSockets {
  add(socket: ParleySocket): void;
  remove(socket: ParleySocket): void;
  ofSession(sessionId: string): ParleySocket[];
  countOfUser(userId: string): number;
}

function addTo(map: Map<string, Set<ParleySocket>>, key: string, socket: ParleySocket): void {
  const sockets = map.get(key) ?? new Set();
  map.set(key, sockets.add(socket));
}

function removeFrom(map: Map<string, Set<ParleySocket>>, key: string, socket: ParleySocket): void {
  const sockets = map.get(key);
  sockets?.delete(socket);
  if (sockets?.size === 0) map.delete(key);
}

export function createSessionSockets(): SessionSockets {
  const bySession = new Map<string, Set<ParleySocket>>();
  const byUser = new Map<string, Set<ParleySocket>>();
  return {
    add(socket) {
      addTo(bySession, socket.data.caller.sessionId, socket);
      addTo(byUser, socket.data.caller.userId, socket);
    },
    remove(socket) {
      removeFrom(bySession, socket.data.caller.sessionId, socket);
      removeFrom(byUser, socket.data.caller.userId, socket);
    },
    ofSession: (sessionId) => [...(bySession.get(sessionId) ?? [])],
    countOfUser: (userId) => byUser.get(userId)?.size ?? 0,
  };
}
