import type { ParleySocket } from './socket-types.ts';
import { textFrame } from './text-frame.ts';

/** A text for `conn.write`, with the frame it goes out in: encoded once, however many are told, and written in one piece. */
export interface OutgoingPacket {
  text: string;
  options: { compress: false; wsPreEncodedFrame: [Buffer] };
}

const messageType = '4';
const eventType = '2';
const ackType = '3';

/** As Socket.IO encodes packets of the main namespace (https://socket.io/docs/v4/socket-io-protocol), for content that is never binary. */
function outgoing(text: string): OutgoingPacket {
  return { text, options: { compress: false, wsPreEncodedFrame: [textFrame(messageType + text)] } };
}

export function eventPacket(event: string, payload: unknown): OutgoingPacket {
  return outgoing(eventType + JSON.stringify([event, payload]));
}

export function ackPacket(id: number, reply: unknown): OutgoingPacket {
  return outgoing(ackType + String(id) + JSON.stringify([reply]));
}

export function writePacket(socket: ParleySocket, { text, options }: OutgoingPacket): void {
  // Typed without what is encoded beforehand, which the adapter's broadcast hands over in the same way.
  socket.conn.write(text, options as { compress: boolean });
}

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
