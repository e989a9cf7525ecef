// The baseline: Socket.IO with nothing behind it. It acknowledges a message and hands it to the others of the room.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { v7 as mintId } from 'uuid';
import { answerAsked } from '../processes/answer-asked.ts';
import type { Started, StartOptions } from './crowd.ts';
import { measureProcess } from './measure-process.ts';

const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false, perMessageDeflate: false });

io.on('connection', (socket) => {
  const room = String(socket.handshake.auth['room']);
  void socket.join(room);
  socket.on('messages.send', (message: unknown, acknowledge: (reply: unknown) => void) => {
    socket.to(room).emit('messages.send', message);
    acknowledge({ ok: true });
  });
});

const answers = {
  async start({ people, layout }: StartOptions): Promise<Started> {
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const rooms = Array.from({ length: layout === 'group' ? 1 : Math.ceil(people / 2) }, () => mintId());
    return {
      port: (http.address() as AddressInfo).port,
      people: Array.from({ length: people }, (_, index) => {
        const room = rooms[layout === 'group' ? 0 : Math.floor(index / 2)] ?? '';
        return { auth: { room }, userId: `relay.${index}`, conversationId: room };
      }),
    };
  },
  measure: measureProcess,
  countWrites: () => 0,
};
export type BenchServer = typeof answers;

answerAsked(answers);
