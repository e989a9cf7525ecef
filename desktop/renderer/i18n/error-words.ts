import type { TFunction } from 'i18next';
import type { CommandFailure } from '../../engine/api/commands.ts';

/** The sentence for a failure. `address` is the server's, for those that speak of it. */
export function errorWords(t: TFunction<'errors'>, failure: CommandFailure, address: string): string {
  if (failure.code === 'rate_limited' && failure.retryAfterMs !== undefined) {
    const seconds = Math.max(1, Math.ceil(failure.retryAfterMs / 1000));
    return t('rate_limited_in', { count: seconds, seconds });
  }
  return t(failure.code, { address });
}
