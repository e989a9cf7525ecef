import { createMortalRedis, type MortalRedis } from '@parley/server/testing/mortal-redis.ts';
import { findRedisServer } from '../../scripts/redis/find-redis-server.ts';

/** A Redis that keeps nothing, on loopback; `undefined` where there is none. */
export async function startRedis(): Promise<MortalRedis | undefined> {
  const found = await findRedisServer();
  if ('missing' in found) return undefined;
  const redis = await createMortalRedis(found.command);
  await redis.start();
  return redis;
}
