import type { Log } from '../../domain/log.ts';
import type { ParleyServer } from './socket-types.ts';

const maxUnsentFrames = 5_000;
const intervalMs = 5_000;

interface Connection {
  writeBuffer?: readonly unknown[];
  transport?: { socket?: { bufferedAmount?: number } };
}
const maxUnsentBytes = 8 * 1024 * 1024;

/** Closes sockets that take nothing in: what they miss they fetch when they are back, and no reader can fill the memory. */
export function watchBackpressure(io: ParleyServer, log: Log): () => void {
  const timer = setInterval(() => {
    for (const socket of io.sockets.sockets.values()) {
      const { writeBuffer, transport } = socket.conn as unknown as Connection;
      const isOver =
        (writeBuffer?.length ?? 0) > maxUnsentFrames || (transport?.socket?.bufferedAmount ?? 0) > maxUnsentBytes;
      if (!isOver) continue;
      log.warn('socket too slow', { socketId: socket.id });
      socket.disconnect();
      // A close would wait for what cannot be sent.
      (socket.conn as unknown as { close(discard: boolean): void }).close(true);
    }
  }, intervalMs);
  timer.unref();
  return () => clearInterval(timer);
}
