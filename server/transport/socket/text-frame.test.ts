import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createHash } from 'node:crypto';
import { textFrame } from './text-frame.ts';

/** What a client makes of bytes that follow the handshake. */
async function readBy(bytes: Buffer): Promise<string> {
  const server = createServer((socket) => {
    socket.once('data', (request) => {
      const key = /Sec-WebSocket-Key: (.*)\r\n/i.exec(request.toString())?.[1] ?? '';
      const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
      );
      socket.write(bytes);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  try {
    const [data] = (await once(client, 'message')) as [Buffer];
    return data.toString();
  } finally {
    client.terminate();
    server.close();
  }
}

test.each([0, 1, 125, 126, 127, 65_535, 65_536, 100_000])('a text of %d bytes arrives as it was', async (size) => {
  const text = 'x'.repeat(size);
  expect(await readBy(textFrame(text))).toBe(text);
});

test('characters of several bytes arrive as they were', async () => {
  const text = 'Grüße, 世界 🎉 '.repeat(40);
  expect(await readBy(textFrame(text))).toBe(text);
});
