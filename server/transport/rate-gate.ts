import {
  BurstyRateLimiter,
  RateLimiterMemory,
  RateLimiterRes,
  type IRateLimiterOptions,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';
import type { Rate, RateName } from '@parley/shared/contract/limits.ts';
import { DomainError } from '../domain/domain-error.ts';

/** Charges one request of a user to a bucket; rejects with `rate_limited` and the time to wait. */
export type RateGate = (userId: string, rate: RateName) => Promise<void>;

/** Where a bucket is kept. */
export type MakeLimiter = (options: IRateLimiterOptions) => RateLimiterAbstract;

const inMemory: MakeLimiter = (options) => new RateLimiterMemory(options);

type Limiter = Pick<BurstyRateLimiter, 'consume'>;

/**
 * A quota over hours or days is one window. Anything faster has a second's worth in each second and the rest of the burst beside it,
 * so that a client that paces itself by the told rate is never refused.
 */
function limiterFor(name: RateName, rate: Rate, make: MakeLimiter): Limiter {
  const base = Math.round(rate.perSecond);
  if (base < 1 || rate.burst <= base) {
    return make({ keyPrefix: name, points: rate.burst, duration: rate.burst / rate.perSecond });
  }
  return new BurstyRateLimiter(
    make({ keyPrefix: name, points: base, duration: 1 }),
    make({
      keyPrefix: `${name}-burst`,
      points: rate.burst - base,
      duration: (rate.burst - base) / rate.perSecond,
    }),
  );
}

export function createRateGate(rates: Record<RateName, Rate>, make: MakeLimiter = inMemory): RateGate {
  const limiters = new Map<RateName, Limiter>();
  for (const [name, rate] of Object.entries(rates) as [RateName, Rate][])
    limiters.set(name, limiterFor(name, rate, make));
  return async (userId, rate) => {
    try {
      await limiters.get(rate)?.consume(userId);
    } catch (refusal) {
      // The two limiters of a bursty one answer with a plain object.
      const wait = (refusal as Partial<RateLimiterRes> | null)?.msBeforeNext;
      if (typeof wait !== 'number') throw refusal;
      throw new DomainError('rate_limited', `Too many requests (${rate})`, Math.max(1, Math.ceil(wait)));
    }
  };
}
