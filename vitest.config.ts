import { defineConfig } from 'vitest/config';

/** A project finds its tests beside the sources: `*.test.ts`, and `*.test.tsx` where there is React. */
function project(name: string, folders: string[], environment: 'node' | 'jsdom' = 'node') {
  const include = folders.map((folder) => `${folder}/**/*.test.{ts,tsx}`);
  return { test: { name, include, environment, restoreMocks: true } };
}

export default defineConfig({
  test: {
    projects: [
      project('house', ['scripts', 'bench']),
      project('shared', ['shared']),
      project('server', ['server']),
      project('engine', ['desktop/engine', 'desktop/hosts']),
      project('renderer', ['desktop/renderer'], 'jsdom'),
    ],
  },
});
