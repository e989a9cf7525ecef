import { textFrame } from './text-frame.ts';

const messageType = '4';
const eventType = '2';
const ackType = '3';

/** Frames with packets of the main namespace (https://socket.io/docs/v4/socket-io-protocol) whose content is never binary. */
export function eventFrame(event: string, payload: unknown): Buffer {
  return textFrame(messageType + eventType + JSON.stringify([event, payload]));
}

export function ackFrame(id: number, reply: unknown): Buffer {
  return textFrame(messageType + ackType + String(id) + JSON.stringify([reply]));
}
