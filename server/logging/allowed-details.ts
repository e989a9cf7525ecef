import { traceOf } from './trace-of.ts';

/** What may stand in a log. Everything else is left out, whoever hands it over (S17). */
const allowed = new Set([
  'operation',
  'kind',
  'code',
  'frames',
  'method',
  'route',
  'status',
  'tookMs',
  'socketId',
  'sessionId',
  'userId',
  'conversationId',
  'rev',
  'count',
  'port',
  'reason',
  'version',
]);

const isPlain = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);

export function allowedDetails(details: unknown): Record<string, unknown> {
  if (details instanceof Error) return { ...traceOf(details) };
  if (typeof details !== 'object' || details === null) return {};
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(details)) {
    if (value instanceof Error) kept['cause'] = traceOf(value);
    else if (!allowed.has(name)) continue;
    else if (isPlain(value)) kept[name] = typeof value === 'string' ? value.slice(0, 200) : value;
    else if (Array.isArray(value)) kept[name] = value.filter(isPlain).slice(0, 20);
  }
  return kept;
}
