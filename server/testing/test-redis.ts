import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** The file of `redis-server`, or why there is none. */
    redisServer: TestRedis;
  }
}

type TestRedis = { command: string } | { missing: string };

/** The Redis of this run of the tests, of which every test starts its own. */
export function testRedis(): TestRedis {
  return inject('redisServer');
}
