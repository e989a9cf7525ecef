import { once } from 'node:events';
import WebSocket from 'ws';
import { protocolVersion } from '@parley/shared/contract/version.ts';
import type { TestPerson } from './test-person.ts';

/** A WebSocket below Socket.IO's client, so that anything can be sent. What the server does to it is no error here. */
export async function openRawSocket(url: string): Promise<WebSocket> {
  const raw = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
  raw.on('error', () => {});
  await once(raw, 'message');
  return raw;
}

/** The same, accepted as somebody. */
export async function openSignedInRawSocket(url: string, { accessToken }: TestPerson): Promise<WebSocket> {
  const raw = await openRawSocket(url);
  const answered = once(raw, 'message');
  raw.send(`40${JSON.stringify({ token: accessToken, protocol: protocolVersion })}`);
  const [answer] = (await answered) as [Buffer];
  const words = answer.toString();
  if (!words.startsWith('40')) throw new Error(`The handshake was answered with ${words}`);
  return raw;
}
