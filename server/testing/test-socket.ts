import { io, type Socket } from 'socket.io-client';
import { operations, type OperationKey, type Operations } from '@parley/shared/contract/registry.ts';
import type { InputOf, OutputOf } from '@parley/shared/contract/define.ts';
import type { Failure, Reply } from '@parley/shared/contract/reply.ts';
import { protocolVersion } from '@parley/shared/contract/version.ts';

/** A plain Socket.IO client that neither reconnects nor retries. */
export interface TestSocket {
  raw: Socket;
  /** Resolves with whatever the server acknowledges. */
  ask<K extends OperationKey>(key: K, input: InputOf<Operations[K]>): Promise<Reply<OutputOf<Operations[K]>>>;
  /** As `ask`, and throws where the answer is a refusal. */
  demand<K extends OperationKey>(key: K, input: InputOf<Operations[K]>): Promise<OutputOf<Operations[K]>>;
  /** The next fact of this name, or one that has come already and was not asked for yet. */
  next(fact: string): Promise<unknown>;
  /** All facts so far, in the order they came. */
  readonly heard: readonly { name: string; payload: unknown }[];
  /** Resolves when the server or the network has closed it. */
  closed: Promise<string>;
  close(): void;
}

export class HandshakeRefused extends Error {
  readonly failure: Failure | undefined;

  constructor(message: string, failure: Failure | undefined) {
    super(message);
    this.failure = failure;
  }
}

/** Rejects with `HandshakeRefused`. */
export function openTestSocket(url: string, auth: unknown, headers: Record<string, string> = {}): Promise<TestSocket> {
  const raw = io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: auth as Record<string, unknown>,
    extraHeaders: headers,
  });
  const heard: { name: string; payload: unknown }[] = [];
  const unread = new Map<string, unknown[]>();
  const waiting = new Map<string, ((payload: unknown) => void)[]>();
  raw.onAny((name: string, payload: unknown) => {
    heard.push({ name, payload });
    const taker = waiting.get(name)?.shift();
    if (taker !== undefined) taker(payload);
    else unread.set(name, [...(unread.get(name) ?? []), payload]);
  });
  const closed = new Promise<string>((resolve) => raw.once('disconnect', resolve));

  const ask: TestSocket['ask'] = (key, input) =>
    new Promise((resolve, reject) => {
      void closed.then((reason) => reject(new Error(`Closed (${reason}) before ${operations[key].name} was answered`)));
      raw.emit(operations[key].name, input, (reply: never) => resolve(reply));
    });
  const socket: TestSocket = {
    raw,
    heard,
    closed,
    ask,
    async demand(key, input) {
      const reply = await ask(key, input);
      if (!reply.ok) throw new Error(`${operations[key].name} was refused: ${reply.error.code} ${reply.error.message}`);
      return reply.data;
    },
    next: (fact) =>
      new Promise((resolve) => {
        const queue = unread.get(fact) ?? [];
        if (queue.length > 0) return resolve(queue.shift());
        waiting.set(fact, [...(waiting.get(fact) ?? []), resolve]);
      }),
    close: () => raw.disconnect(),
  };
  return new Promise((resolve, reject) => {
    raw.once('connect', () => resolve(socket));
    raw.once('connect_error', (error: Error & { data?: Failure }) => {
      raw.disconnect();
      reject(new HandshakeRefused(error.message, error.data));
    });
  });
}

export function handshakeOf(accessToken: string): { token: string; protocol: typeof protocolVersion } {
  return { token: accessToken, protocol: protocolVersion };
}
