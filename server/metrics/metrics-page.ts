import { createHash, timingSafeEqual } from 'node:crypto';
import type { Registry } from 'prom-client';

/** What is shown to whoever has the token; `null` to anybody else. */
export type MetricsPage = (authorization: string | undefined) => Promise<{ type: string; text: string } | null>;

export function createMetricsPage(registry: Registry, token: string): MetricsPage {
  const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest();
  const expected = digest(`Bearer ${token}`);
  return async (authorization = '') => {
    if (!timingSafeEqual(digest(authorization), expected)) return null;
    return { type: registry.contentType, text: await registry.metrics() };
  };
}
