import { existsSync, globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot, runNode, tool } from './run-command.ts';

const result = join(projectRoot, 'dist', 'browser', 'index.html');

/** What the bundle is made of. A change elsewhere cannot make it stale. */
const sources = [
  'package-lock.json',
  'vite.browser.config.ts',
  'scripts/{css-images,strict-page}.ts',
  'shared/**/*.ts',
  'desktop/{engine,hosts,renderer}/**/*.*',
];

function isStale(): boolean {
  if (!existsSync(result)) return true;
  const builtAt = statSync(result).mtimeMs;
  return globSync(sources, { cwd: projectRoot }).some((file) => statSync(join(projectRoot, file)).mtimeMs > builtAt);
}

/** Builds the browser app into `dist/browser/`. */
export async function buildBrowserApp(): Promise<void> {
  console.log('Building the browser app ...');
  const args = [tool('vite'), 'build', '--config', 'vite.browser.config.ts', '--logLevel', 'warn'];
  const { exitCode } = await runNode(args);
  if (exitCode !== 0) throw new Error('The browser app could not be built.');
}

export async function buildBrowserAppIfStale(): Promise<void> {
  if (isStale()) await buildBrowserApp();
}
