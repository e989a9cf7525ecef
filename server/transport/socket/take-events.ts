import type { ParleySocket } from './socket-types.ts';

interface EventPacket {
  data?: unknown[];
  id?: number;
}

/**
 * Hands every event of a socket to `take` and none to Socket.IO's own dispatch: no event name, `error` included, reaches a listener.
 * `id` is there where an acknowledgement is waited for.
 */
export function takeEvents(
  socket: ParleySocket,
  take: (values: readonly unknown[], id: number | undefined) => void,
): void {
  (socket as unknown as { onevent(packet: EventPacket): void }).onevent = ({ data = [], id }) => take(data, id);
}
