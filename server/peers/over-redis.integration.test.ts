import { performance } from 'node:perf_hooks';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { ServerConfig } from '../config/server-config.ts';
import { connectProcesses } from '../connect-processes.ts';
import { nodeClock } from '../node-clock.ts';
import type { Storage } from '../storage/port/storage.ts';
import { createMortalRedis, type MortalRedis } from '../testing/mortal-redis.ts';
import { testRedis } from '../testing/test-redis.ts';
import { PeerLink } from './peer-link.ts';
import { limiterInRedis } from './redis-limits.ts';
import { createRedisClient, RedisWire } from './redis-wire.ts';

const found = testRedis();
const soon = { timeout: 20_000, interval: 10 };

describe.skipIf('missing' in found)('over a real Redis', () => {
  let redis: MortalRedis;
  let logged: string[];
  const log = {
    info: (event: string) => void logged.push(event),
    warn: (event: string) => void logged.push(event),
    error: (event: string) => void logged.push(event),
  };

  beforeAll(async () => {
    if ('missing' in found) return;
    redis = await createMortalRedis(found.command);
    await redis.start();
  });
  afterAll(() => redis.kill());
  beforeEach(() => {
    logged = [];
  });

  async function join(processId: string) {
    const client = createRedisClient(redis.url, log);
    const wire = new RedisWire(client, 'peers', log);
    const link = new PeerLink({ wire, secret: new Uint8Array(32), processId, clock: nodeClock, log });
    const events: string[] = [];
    link.listen({
      concerns: () => true,
      hear() {},
      met: () => void events.push('met'),
      parted: (other) => void events.push(`${other} parted`),
      catchUp: async () => {},
    });
    await client.connect();
    await link.start();
    let isLeft = false;
    const leave = async () => {
      if (isLeft) return;
      isLeft = true;
      await link.close();
      client.destroy();
    };
    onTestFinished(leave);
    return { client, link, events, leave };
  }

  test('D11 a process that goes has parted at once', async () => {
    const [a, b] = [await join('a'), await join('b')];
    await expect.poll(() => [a.events, b.events], soon).toEqual([['met'], ['met']]);
    await a.leave();
    await expect.poll(() => b.events, { ...soon, timeout: 2_000 }).toEqual(['met', 'a parted']);
  });

  test('S11 while Redis hangs a request waits a quarter of a second, then not at all, and the limit holds', async () => {
    const { client, link } = await join('a');
    await expect.poll(() => link.isWhole, soon).toBe(true);
    const limiter = limiterInRedis(client, 'rate')({ keyPrefix: 'test', points: 2, duration: 60 });
    redis.signal('SIGSTOP');
    onTestFinished(() => redis.signal('SIGCONT'));
    const consume = async () => {
      const askedAt = performance.now();
      await limiter.consume('ann');
      return performance.now() - askedAt;
    };
    expect(await consume()).toBeLessThan(1_000);
    await expect.poll(() => client.isReady, soon).toBe(false);
    expect(await consume()).toBeLessThan(200);
    await expect(limiter.consume('ann')).rejects.toMatchObject({ remainingPoints: 0 });
    redis.signal('SIGCONT');
    await expect.poll(() => link.isWhole, soon).toBe(true);
    expect(logged.filter((event) => event === 'Redis is away')).toHaveLength(1);
  });

  test('that Redis is away, and that it is back, is logged once for each of the two connections', async () => {
    const { client, link } = await join('a');
    await expect.poll(() => link.isWhole, soon).toBe(true);
    let tries = 0;
    client.on('reconnecting', () => (tries += 1));
    await redis.kill();
    await expect.poll(() => tries, soon).toBeGreaterThan(4);
    await redis.start();
    await expect.poll(() => link.isWhole, soon).toBe(true);
    expect(logged.toSorted()).toEqual(['Redis is away', 'Redis is back', 'Redis is heard again', 'Redis is not heard']);
  });

  test('a database that fails when a process begins is not told as a Redis that does not answer', async () => {
    const storage = {
      identity: { serverId: 'server' },
      shared: { registry: { report: () => Promise.reject(new Error('the database is away')) } },
    } as unknown as Storage;
    const config = { redisUrl: redis.url, secrets: { refreshKey: new Uint8Array(32) } } as unknown as ServerConfig;
    const begun = connectProcesses({ config, storage, clock: nodeClock, log, onFatal() {} });
    await expect(begun).rejects.toThrow('the database is away');
  });
});
