import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './scripts/longest-first.ts';

/** A project finds its tests beside the sources: `*.test.ts`, and `*.test.tsx` where there is React. */
function project(name: string, folders: string[], environment: 'node' | 'jsdom' = 'node') {
  const include = folders.map((folder) => `${folder}/**/*.test.{ts,tsx}`);
  const setupFiles = environment === 'jsdom' ? ['desktop/renderer/testing/every-file.ts'] : [];
  const globalSetup = name === 'server' ? ['scripts/mongodb/vitest-setup.ts', 'scripts/redis/vitest-setup.ts'] : [];
  // A test that hangs is to fail; one that a busy machine slows down is not.
  const patience = { testTimeout: 60_000, hookTimeout: 60_000 };
  // What a file imports is there for the next one: to start and load anew for each takes longer than most of them.
  const isolate = false;
  return { test: { name, include, environment, isolate, setupFiles, globalSetup, restoreMocks: true, ...patience } };
}

export default defineConfig({
  test: {
    // By default one core less, and of two cores one would be idle.
    maxWorkers: availableParallelism(),
    sequence: { sequencer: LongestFirst },
    projects: [
      project('house', ['scripts', 'bench', 'build']),
      project('shared', ['shared']),
      project('server', ['server']),
      project('engine', ['desktop/engine', 'desktop/hosts']),
      project('shell', ['desktop/main', 'desktop/preload', 'desktop/ipc']),
      project('renderer', ['desktop/renderer'], 'jsdom'),
    ],
  },
});
