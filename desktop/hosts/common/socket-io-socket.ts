import { type Failure, failureSchema, type Reply } from '@parley/shared/contract/reply.ts';
import { io, type Socket } from 'socket.io-client';
import type { Link, LinkEnd, SocketPort } from '../../engine/ports/socket.ts';

/** From dialling to the end of the handshake. A server that accepts the line and then says nothing counts as lost. */
const handshakeTimeoutMs = 10_000;

/**
 * One Socket.IO connection per link, over WebSocket only:
 *
 *     dialling --> open --> ended
 *         \------------------^
 */
export const socketIoSocket: SocketPort = {
  open({ address, token, protocol, handlers }): Link {
    let state: 'dialling' | 'open' | 'ended' = 'dialling';
    const socket: Socket = io(address, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      timeout: handshakeTimeoutMs,
      auth: { token, protocol },
    });

    function end(reason?: LinkEnd): void {
      if (state === 'ended') return;
      state = 'ended';
      clearTimeout(handshakeTimer);
      // Pending requests hear of it here.
      socket.disconnect();
      if (reason) handlers.onEnd(reason);
    }

    const handshakeTimer = setTimeout(() => end({ kind: 'lost' }), handshakeTimeoutMs);
    socket.on('connect', () => {
      if (state !== 'dialling') return;
      state = 'open';
      clearTimeout(handshakeTimer);
      handlers.onOpen();
    });
    socket.on('connect_error', (error: Error & { data?: unknown }) => {
      const refusal = failureSchema.safeParse(error.data);
      end(refusal.success ? { kind: 'refused', failure: refusal.data as Failure } : { kind: 'lost' });
    });
    socket.on('disconnect', () => end({ kind: 'lost' }));
    socket.onAny((name: string, payload: unknown) => {
      if (state === 'open') handlers.onFact(name, payload);
    });

    return {
      async request(name, input, timeoutMs) {
        // Socket.IO would keep it back until the connection is there.
        if (state !== 'open') throw new Error('the link is not open');
        return (await socket.timeout(timeoutMs).emitWithAck(name, input)) as Reply<unknown>;
      },
      close: () => end(),
    };
  },
};
