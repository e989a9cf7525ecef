import { defineConfig } from 'vitest/config';

/** A project finds its tests beside the sources: `*.test.ts`, and `*.test.tsx` where there is React. */
function project(name: string, folders: string[], environment: 'node' | 'jsdom' = 'node') {
  const include = folders.map((folder) => `${folder}/**/*.test.{ts,tsx}`);
  const setupFiles = environment === 'jsdom' ? ['desktop/renderer/testing/patience.ts'] : [];
  const globalSetup = name === 'server' ? ['scripts/mongodb/vitest-setup.ts'] : [];
  // A test that hangs is to fail; one that a busy machine slows down is not.
  const patience = { testTimeout: 60_000, hookTimeout: 60_000 };
  return { test: { name, include, environment, setupFiles, globalSetup, restoreMocks: true, ...patience } };
}

export default defineConfig({
  test: {
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
