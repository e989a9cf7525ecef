import type { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { createClient } from 'redis';
import type { Log } from '../domain/log.ts';
import type { Wire } from './wire.ts';

const connectTimeoutMs = 5_000;
const maxReconnectDelayMs = 500;
/** The connection that listens hears something several times a second: without, it is dead. */
const deadAfterMs = 3_000;
const answeredWithinMs = 1_000;
/** What was published last, before this process ends. */
const flushedWithinMs = 500;
/** Once it was there it is waited for without end. */
const maxFirstTries = 8;
const maxUnanswered = 20_000;

export type RedisClient = ReturnType<typeof createRedisClient>;

/** What cannot be sent now is refused at once, so that nothing old is sent later; it connects again by itself. */
export function createRedisClient(url: string, log: Log) {
  let wasReady = false;
  const client = createClient({
    url,
    name: 'parley',
    disableOfflineQueue: true,
    socket: {
      connectTimeout: connectTimeoutMs,
      socketTimeout: deadAfterMs,
      reconnectStrategy: (retries, cause) =>
        wasReady || retries < maxFirstTries
          ? Math.min(25 * 2 ** retries, maxReconnectDelayMs) + Math.random() * 50
          : cause,
    },
    commandsQueueMaxLength: maxUnanswered,
    RESP: 2,
  });
  client.on('ready', () => {
    wasReady = true;
  });
  tellAbsence(client, log, { away: 'Redis is away', back: 'Redis is back' });
  return client;
}

/** Once, however often it is tried again. */
function tellAbsence(client: EventEmitter, log: Log, { away, back }: { away: string; back: string }): void {
  let isTold = false;
  client.on('error', (error: unknown) => {
    if (!isTold) log.warn(away, error);
    isTold = true;
  });
  client.on('ready', () => {
    if (isTold) log.info(back);
    isTold = false;
  });
}

/** One channel, whatever is told. `publisher` belongs to whoever made it; the connection that listens is its own. */
export class RedisWire implements Wire {
  readonly #publisher: RedisClient;
  readonly #subscriber: RedisClient;
  readonly #channel: string;
  #lastAnswer: Promise<unknown> = Promise.resolve();
  #isAwaitingAnswer = false;

  constructor(publisher: RedisClient, channel: string, log: Log) {
    this.#publisher = publisher;
    this.#subscriber = publisher.duplicate();
    this.#channel = channel;
    tellAbsence(this.#subscriber, log, { away: 'Redis is not heard', back: 'Redis is heard again' });
  }

  get isOpen(): boolean {
    return this.#publisher.isReady && this.#subscriber.isReady;
  }

  publish(frame: Buffer): void {
    if (!this.#publisher.isReady) return;
    this.#lastAnswer = this.#publisher.publish(this.#channel, frame).catch(() => {});
    if (!this.#isAwaitingAnswer) this.#connectAnewWithout(this.#lastAnswer);
  }

  async listen(receive: (frame: Buffer) => void): Promise<void> {
    await this.#subscriber.connect();
    await this.#subscriber.subscribe(this.#channel, receive, true);
  }

  async close(): Promise<void> {
    await Promise.race([this.#lastAnswer, delay(flushedWithinMs, undefined, { ref: false })]);
    this.#subscriber.destroy();
  }

  /** A Redis that hangs keeps its connection, and every write puts the socket's own timeout off: its answers tell. */
  #connectAnewWithout(answer: Promise<unknown>): void {
    this.#isAwaitingAnswer = true;
    let isThere = false;
    const connectAnew = () => {
      if (isThere) return;
      this.#publisher.emit('error', new Error('Redis does not answer'));
      this.#publisher.destroy();
      this.#publisher.connect().catch(() => {});
    };
    // Where this process itself stood still, the answer may be there and not be read yet: one turn later it is.
    const timer = setTimeout(() => setImmediate(connectAnew), answeredWithinMs);
    void answer.then(() => {
      isThere = true;
      this.#isAwaitingAnswer = false;
      clearTimeout(timer);
    });
  }
}
