import { feedEntrySchema } from '@parley/shared/contract/entities/feed.ts';
import { readMessage } from '@parley/shared/contract/entities/message.ts';

/** Nothing in the contract lies deeper; what does is left for the schema, which does not look at it either. */
const deepest = 16;

type Parsed = { success: true; data: unknown } | { success: false };

/** Reads what a server says. Nearly all of it fits the schema as it is, and is not made survivable first: that is as much work again. */
export function parseSurvivable(schema: { safeParse(data: unknown): Parsed }, data: unknown): Parsed {
  const parsed = schema.safeParse(data);
  return parsed.success ? parsed : schema.safeParse(survivable(data));
}

/**
 * Makes what a newer server says readable: messages of an unknown kind keep their place as `unknown`, feed entries of an unknown kind
 * are passed over. Everything else is left for the contract's schema to judge.
 */
export function survivable(data: unknown, depth = 0): unknown {
  if (typeof data !== 'object' || data === null || depth > deepest) return data;
  if (Array.isArray(data)) return data.map((value) => survivable(value, depth + 1));
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, survivableField(key, value, depth + 1)]));
}

function survivableField(key: string, value: unknown, depth: number): unknown {
  if (!Array.isArray(value)) return survivable(value, depth);
  if (key === 'messages') return value.map(readMessage).filter((message) => message !== null);
  if (key === 'entries') return value.filter((entry) => feedEntrySchema.safeParse(entry).success);
  return value.map((item) => survivable(item, depth + 1));
}
