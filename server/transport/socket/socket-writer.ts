import type { ParleySocket } from './socket-types.ts';

/** Typed without what is encoded beforehand, which Socket.IO's own broadcast hands over in the same way. */
interface WriteOptions {
  compress: boolean;
  wsPreEncodedFrame: [Buffer];
}

/**
 * What this process says to its sockets. All that a turn of the event loop has for a socket goes out in one write when the turn is over: an
 * acknowledgement and what others said meanwhile, or everything that was said to a group.
 */
export class SocketWriter {
  #frames = new Map<ParleySocket, Buffer[]>();

  write(socket: ParleySocket, frame: Buffer): void {
    // Comes after the promises that are settled by then.
    if (this.#frames.size === 0) process.nextTick(() => this.flush());
    const frames = this.#frames.get(socket);
    if (frames === undefined) this.#frames.set(socket, [frame]);
    else frames.push(frame);
  }

  /** Says the last thing to a socket that is not to come back. */
  end(socket: ParleySocket, frame: Buffer): void {
    this.write(socket, frame);
    this.flush();
    socket.disconnect(true);
  }

  flush(): void {
    const all = this.#frames;
    if (all.size === 0) return;
    this.#frames = new Map();
    for (const [socket, frames] of all) {
      const [first] = frames;
      const bytes = frames.length === 1 && first !== undefined ? first : Buffer.concat(frames);
      const options: WriteOptions = { compress: false, wsPreEncodedFrame: [bytes] };
      socket.conn.write('', options);
    }
  }
}
