import type { Log } from '../../domain/log.ts';
import type { ParleyServer } from './socket-types.ts';

const maxUnsentBytes = 8 * 1024 * 1024;
const intervalMs = 5_000;

interface Connection {
  /** What waits until the transport has written the write before. */
  writeBuffer: readonly { options?: { wsPreEncodedFrame?: readonly Buffer[] } }[];
  transport?: { socket?: { bufferedAmount?: number } };
}

function unsentBytes({ writeBuffer, transport }: Connection): number {
  const waiting = writeBuffer.reduce((sum, { options }) => sum + (options?.wsPreEncodedFrame?.[0]?.length ?? 0), 0);
  return waiting + (transport?.socket?.bufferedAmount ?? 0);
}

/** Closes sockets that take nothing in: what they miss they fetch when they are back, and no reader can fill the memory. */
export function watchBackpressure(io: ParleyServer, log: Log): () => void {
  const timer = setInterval(() => {
    for (const socket of io.sockets.sockets.values()) {
      if (unsentBytes(socket.conn as unknown as Connection) <= maxUnsentBytes) continue;
      log.warn('socket too slow', { socketId: socket.id });
      socket.disconnect();
      // A close would wait for what cannot be sent.
      (socket.conn as unknown as { close(discard: boolean): void }).close(true);
    }
  }, intervalMs);
  timer.unref();
  return () => clearInterval(timer);
}
