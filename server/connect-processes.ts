import { v7 as mintUuid } from 'uuid';
import { ConfigError, type ServerConfig } from './config/server-config.ts';
import type { Clock } from './domain/clock.ts';
import type { Connection } from './domain/conversations/create-conversation-domain.ts';
import type { Log } from './domain/log.ts';
import { PeerLink } from './peers/peer-link.ts';
import { limiterInRedis } from './peers/redis-limits.ts';
import { createRedisClient, RedisWire } from './peers/redis-wire.ts';
import { ServedElsewhere, ServingWatch } from './peers/serving-watch.ts';
import type { SharedStorage } from './storage/port/shared.ts';
import type { Storage } from './storage/port/storage.ts';
import type { MakeLimiter } from './transport/rate-gate.ts';

/** What this process has to do with others that may serve the same data. */
export interface Processes {
  connection: Connection | undefined;
  makeLimiter: MakeLimiter | undefined;
  /** Begins to hear the others; before anybody is served. */
  start(): Promise<void>;
  close(): Promise<void>;
}

interface Options {
  config: ServerConfig;
  storage: Storage;
  clock: Clock;
  log: Log;
  onFatal(error: Error): void;
}

/** Without REDIS_URL this process has the data to itself, or does not start. `undefined` where the storage sees to that. */
export async function connectProcesses(options: Options): Promise<Processes | undefined> {
  const { shared } = options.storage;
  if (shared === undefined) return undefined;
  const processId = mintUuid();
  const { redisUrl } = options.config;
  return redisUrl === undefined
    ? serveAlone(options, shared, processId)
    : serveWithOthers(options, shared, processId, redisUrl);
}

async function serveAlone(options: Options, shared: SharedStorage, processId: string): Promise<Processes> {
  const watch = await beginWatch(options, shared, processId, true);
  return {
    connection: undefined,
    makeLimiter: undefined,
    start: async () => {},
    close: () => watch.end().catch(() => {}),
  };
}

async function serveWithOthers(
  options: Options,
  shared: SharedStorage,
  processId: string,
  redisUrl: string,
): Promise<Processes> {
  const { config, storage, clock, log } = options;
  const prefix = `parley:${storage.identity.serverId}`;
  const client = createRedisClient(redisUrl, log);
  const wire = new RedisWire(client, `${prefix}:peers`, log);
  const link = new PeerLink({ wire, secret: config.secrets.refreshKey, processId, clock, log });
  try {
    await client.connect().catch((cause: unknown) => {
      const failure = new ConfigError(['REDIS_URL names a Redis that does not answer.'], 'redis_failed');
      throw Object.assign(failure, { cause });
    });
    const watch = await beginWatch(options, shared, processId, false, (other) => link.expect(other));
    return {
      connection: { peers: link, shared: shared.reader },
      makeLimiter: limiterInRedis(client, `${prefix}:rate`),
      start: () => link.start(),
      async close() {
        // First: whoever is written down is expected to be heard.
        await watch.end().catch(() => {});
        await link.close();
        client.destroy();
      },
    };
  } catch (error) {
    client.destroy();
    throw error;
  }
}

const servedElsewhere = {
  alone: 'Another process serves this database: stop it, or set REDIS_URL for both, to the same Redis.',
  connected: 'Another process serves this database without REDIS_URL: stop it, or set REDIS_URL for it, too.',
};

async function beginWatch(
  { clock, log, onFatal }: Options,
  { registry }: SharedStorage,
  processId: string,
  isAlone: boolean,
  met: (processId: string) => void = () => {},
): Promise<ServingWatch> {
  const lost = () => onFatal(new Error('Another process serves the database by now'));
  try {
    return await ServingWatch.begin({ registry, processId, isAlone, clock, log, met, lost });
  } catch (error) {
    if (!(error instanceof ServedElsewhere)) throw error;
    throw new ConfigError([servedElsewhere[isAlone ? 'alone' : 'connected']], 'database_in_use');
  }
}
