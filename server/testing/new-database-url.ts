import { randomUUID } from 'node:crypto';

/** The address of a database of its own. */
export function newDatabaseUrl(serverUrl: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/parley-test-${randomUUID()}`;
  return url.href;
}
