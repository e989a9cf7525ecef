import { RateLimiterMemory, RateLimiterRedis, type IRateLimiterOptions } from 'rate-limiter-flexible';
import type { RedisClient } from './redis-wire.ts';

/** Buckets in Redis, each with the lifetime of its window. While Redis is away every process counts for itself. */
export function limiterInRedis(client: RedisClient, prefix: string) {
  return (options: IRateLimiterOptions): RateLimiterRedis =>
    new RateLimiterRedis({
      ...options,
      keyPrefix: `${prefix}:${options.keyPrefix ?? ''}`,
      storeClient: client,
      useRedisPackage: true,
      inMemoryBlockOnConsumed: (options.points ?? 0) + 1,
      insuranceLimiter: new RateLimiterMemory(options),
    });
}
