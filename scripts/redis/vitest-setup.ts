import type { TestProject } from 'vitest/node';
import { findRedisServer, type TestRedis } from './find-redis-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The file of `redis-server`, or why there is none. */
    redisServer: TestRedis;
  }
}

export async function setup(project: TestProject): Promise<void> {
  project.provide('redisServer', await findRedisServer());
}
