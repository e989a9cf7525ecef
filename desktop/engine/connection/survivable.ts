import { feedEntrySchema } from '@parley/shared/contract/entities/feed.ts';
import { readMessage } from '@parley/shared/contract/entities/message.ts';

/**
 * Makes what a newer server says readable: messages of an unknown kind keep their place as `unknown`, feed entries of an unknown kind
 * are passed over. Everything else is left for the contract's schema to judge.
 */
export function survivable(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(survivable);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, survivableField(key, value)]));
}

function survivableField(key: string, value: unknown): unknown {
  if (!Array.isArray(value)) return survivable(value);
  if (key === 'messages') return value.map(readMessage).filter((message) => message !== null);
  if (key === 'entries') return value.filter((entry) => feedEntrySchema.safeParse(entry).success);
  return value.map(survivable);
}
