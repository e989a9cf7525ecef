import { createClient } from 'redis';
import type { Log } from '../domain/log.ts';
import type { Wire } from './wire.ts';

const connectTimeoutMs = 5_000;
const maxReconnectDelayMs = 500;
/** Both connections hear something several times a second: one that does not is dead. */
const deadAfterMs = 3_000;
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
  let isTold = false;
  client.on('error', (error: unknown) => {
    if (!isTold) log.warn('Redis is away', error);
    isTold = true;
  });
  client.on('ready', () => {
    wasReady = true;
    if (isTold) log.info('Redis is back');
    isTold = false;
  });
  return client;
}

/** One channel, whatever is told. `publisher` belongs to whoever made it; the connection that listens is its own. */
export class RedisWire implements Wire {
  readonly #publisher: RedisClient;
  readonly #subscriber: RedisClient;
  readonly #channel: string;

  constructor(publisher: RedisClient, channel: string, log: Log) {
    this.#publisher = publisher;
    this.#subscriber = publisher.duplicate();
    this.#channel = channel;
    this.#subscriber.on('error', (error: unknown) => log.warn('Redis is not heard', error));
  }

  get isOpen(): boolean {
    return this.#publisher.isReady && this.#subscriber.isReady;
  }

  publish(frame: Buffer): void {
    if (this.#publisher.isReady) this.#publisher.publish(this.#channel, frame).catch(() => {});
  }

  async listen(receive: (frame: Buffer) => void): Promise<void> {
    await this.#subscriber.connect();
    await this.#subscriber.subscribe(this.#channel, receive, true);
  }

  async close(): Promise<void> {
    this.#subscriber.destroy();
  }
}
