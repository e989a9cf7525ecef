import { existsSync, globSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot, runNode, tool } from './run-command.ts';

const out = join(projectRoot, 'out');

/** What the bundles are made of. A change elsewhere cannot make them stale. */
const sources = [
  'package-lock.json',
  'electron.vite.config.ts',
  'scripts/{css-images,licences,strict-page}.ts',
  'shared/**/*.ts',
  'desktop/{engine,hosts,ipc,main,preload,renderer}/**/*.*',
];

function isStale(): boolean {
  const bundle = join(out, 'main', 'main.js');
  if (!existsSync(bundle)) return true;
  const builtAt = statSync(bundle).mtimeMs;
  return globSync(sources, { cwd: projectRoot }).some((file) => statSync(join(projectRoot, file)).mtimeMs > builtAt);
}

/** A sandboxed preload can load nothing: whatever it needs is in its one file. */
function checkPreload(): void {
  const files = readdirSync(join(out, 'preload'), { recursive: true });
  if (files.join() !== 'preload.cjs')
    throw new Error(`The preload must be one preload.cjs, and is ${files.join(', ')}.`);
}

/** Builds the desktop app's bundles into `out/`. */
export async function buildDesktopApp(): Promise<void> {
  console.log('Building the desktop app ...');
  const { exitCode } = await runNode([tool('electron-vite'), 'build', '--logLevel', 'error']);
  if (exitCode !== 0) throw new Error('The desktop app could not be built.');
  checkPreload();
}

export async function buildDesktopAppIfStale(): Promise<void> {
  if (isStale()) await buildDesktopApp();
}
