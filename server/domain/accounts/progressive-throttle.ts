import type { ThrottleStore } from '../../storage/port/accounts.ts';
import { DomainError } from '../domain-error.ts';
import type { ProgressiveLimit } from './account-limits.ts';

function tooMany(endsAt: number, at: number): DomainError {
  return new DomainError('rate_limited', 'Too many tries; wait before the next', Math.max(1, endsAt - at));
}

/** Grows with every try beyond the free ones; the exponent is bounded so that it stays a number. */
export function delayAfter(limit: ProgressiveLimit, tries: number): number {
  const beyond = Math.min(30, tries - limit.freeTries - 1);
  return Math.min(limit.maxDelayMs, limit.firstDelayMs * 2 ** beyond);
}

const waitOf = (key: string) => `${key}:wait`;

/** Refuses while a wait is on. Refused tries count for nothing, so that an impatient client does not lengthen its own wait. */
export async function refuseWhileWaiting(store: ThrottleStore, key: string, at: number): Promise<void> {
  const wait = await store.read(waitOf(key), at);
  if (wait !== null && wait.endsAt > at) throw tooMany(wait.endsAt, at);
}

/**
 * Counts one try and begins the wait before the next one. Of tries that arrive together, one gets through beyond the free ones: the
 * store counts them one by one, and only the first finds no wait.
 */
export async function countTry(store: ThrottleStore, key: string, limit: ProgressiveLimit, at: number): Promise<void> {
  const { tries } = await store.add(key, limit.windowMs, at);
  if (tries <= limit.freeTries) return;
  const wait = await store.add(waitOf(key), delayAfter(limit, tries), at);
  if (wait.tries > 1) throw tooMany(wait.endsAt, at);
}

/** Counts a failure that has been answered already. */
export async function countFailure(
  store: ThrottleStore,
  key: string,
  limit: ProgressiveLimit,
  at: number,
): Promise<void> {
  const { tries } = await store.add(key, limit.windowMs, at);
  if (tries > limit.freeTries) await store.add(waitOf(key), delayAfter(limit, tries), at);
}

export async function forget(store: ThrottleStore, key: string): Promise<void> {
  await store.clear(key);
  await store.clear(waitOf(key));
}
