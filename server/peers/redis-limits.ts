import {
  RateLimiterMemory,
  RateLimiterRedis,
  RLWrapperTimeouts,
  type IRateLimiterOptions,
} from 'rate-limiter-flexible';
import type { RedisClient } from './redis-wire.ts';

/** No request waits longer for a Redis that hangs. */
const timeoutMs = 250;

/** Buckets in Redis, each with the lifetime of its window. While Redis is away, or does not answer, every process counts for itself. */
export function limiterInRedis(client: RedisClient, prefix: string) {
  return (options: IRateLimiterOptions): RLWrapperTimeouts =>
    new RLWrapperTimeouts({
      timeoutMs,
      limiter: new RateLimiterRedis({
        ...options,
        keyPrefix: `${prefix}:${options.keyPrefix ?? ''}`,
        storeClient: client,
        useRedisPackage: true,
        inMemoryBlockOnConsumed: (options.points ?? 0) + 1,
      }),
      insuranceLimiter: new RateLimiterMemory(options),
    });
}
