import { setTimeout as sleep } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { type Fleet, type MortalProcess, startFleet } from '@parley/server/testing/process-fleet.ts';
import { startMortalMongodb } from '../../scripts/mongodb/mortal-mongodb.ts';
import { findNginx } from '../../scripts/nginx/find-nginx.ts';
import { startNginx } from '../../scripts/nginx/start-nginx.ts';
import { findRedisServer } from '../../scripts/redis/find-redis-server.ts';

/** Something that a server is made of, and that may be gone for a while. */
export interface Part {
  readonly name: string;
  /** Ends it, leaves it ended for so long, and starts it again where it was. */
  fail(downMs: number): Promise<void>;
}

/** Three processes over a MongoDB and a Redis of their own, behind nginx as it is deployed. */
export interface Parts {
  /** nginx, which this process trusts. */
  readonly address: string;
  readonly all: readonly Part[];
  stop(): Promise<void>;
}

const environment = {
  PARLEY_TRUSTED_PROXIES: 'loopback',
  // A log that nobody reads fills the memory of this process.
  LOG_LEVEL: 'warn',
};

/** Starts all of them, or says why it cannot. */
export async function startParts(): Promise<Parts | { missing: string }> {
  const [redis, nginx] = [await findRedisServer(), await findNginx()];
  if ('missing' in redis) return redis;
  if ('missing' in nginx) return nginx;
  const mongodb = await startMortalMongodb();
  if ('missing' in mongodb) return mongodb;
  // What was started last ends first.
  const stops = [() => mongodb.stop()];
  const stop = async () => {
    for (const end of stops.splice(0).toReversed()) await end();
  };
  try {
    const fleet = await startFleet({ mongodbUrl: mongodb.url, redisServer: redis.command, count: 0 });
    stops.push(() => fleet.close());
    const servers: MortalProcess[] = [];
    for (let index = 0; index < 3; index += 1) servers.push(await fleet.start(environment));
    const ports = servers.map(({ url }) => Number(new URL(url).port));
    const proxy = await startNginx(nginx.command, ports);
    stops.push(() => proxy.stop());
    const trusted = getCACertificates();
    setDefaultCACertificates([...trusted, proxy.certificate]);
    stops.push(async () => setDefaultCACertificates(trusted));
    const killed = servers.map((_, index) => serverPart(fleet, servers, index, 'SIGKILL'));
    const told = servers.map((_, index) => serverPart(fleet, servers, index, 'SIGTERM'));
    return {
      address: proxy.url,
      all: [
        ...killed,
        ...told,
        killedPart('Redis', fleet.killRedis, fleet.startRedis),
        killedPart('nginx', proxy.kill, proxy.start),
        killedPart('MongoDB', mongodb.kill, mongodb.start),
      ],
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function serverPart(fleet: Fleet, servers: MortalProcess[], index: number, signal: 'SIGKILL' | 'SIGTERM'): Part {
  return {
    name: `server ${index + 1}, ${signal}`,
    async fail(downMs) {
      const server = servers[index];
      if (server === undefined) throw new Error(`There is no server ${index + 1}`);
      server.signal(signal);
      const code = await server.ended;
      if (signal === 'SIGTERM' && code !== 0) throw new Error(`It ended with ${code}:\n${server.said().slice(-2_000)}`);
      await sleep(downMs);
      servers[index] = await fleet.start({ ...environment, PORT: new URL(server.url).port });
    },
  };
}

/** One that is killed, is away for a while, and comes back as it was. */
function killedPart(name: string, kill: () => Promise<void>, start: () => unknown): Part {
  return {
    name: `${name}, SIGKILL`,
    async fail(downMs) {
      await kill();
      await sleep(downMs);
      await start();
    },
  };
}
