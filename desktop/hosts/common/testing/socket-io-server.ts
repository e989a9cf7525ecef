import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

/** A Socket.IO server of the test's own, so that it can misbehave. */
export async function startSocketIoServer() {
  const http = createServer();
  const server = new Server(http, { transports: ['websocket'] });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    server,
    address: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    close: () => server.close(),
  };
}
