import type { LocalStorePort } from '../../../../engine/ports/local-store.ts';
import { createIndexedDbStorePort } from '../indexeddb-local-store.ts';

/** A browser profile of its own, with the names of its databases and what it reported. */
export function openTestPort() {
  const prefix = `test-${crypto.randomUUID()}`;
  const logged: string[] = [];
  let complaints = 0;
  const start = (): LocalStorePort =>
    createIndexedDbStorePort({
      prefix,
      log: (event, details) => logged.push(`${event} ${JSON.stringify(details ?? {})}`),
      onUnusable: () => (complaints += 1),
    });
  let port = start();
  return {
    prefix,
    logged,
    complaints: () => complaints,
    port: () => port,
    async restart() {
      port = start();
    },
  };
}
