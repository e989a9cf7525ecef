import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildBrowserApp } from './browser-build.ts';
import { projectRoot, runNode, tool } from './run-command.ts';

/** The entries of `electron.vite.config.ts`. */
const desktopEntries = ['desktop/main/main.ts', 'desktop/preload/preload.ts', 'desktop/renderer/entries/electron.html'];

async function buildDesktopApp(): Promise<void> {
  const missing = desktopEntries.filter((file) => !existsSync(join(projectRoot, file)));
  if (missing.length > 0) {
    console.log(`The desktop app is not built: this source has no ${missing.join(', ')}.`);
    return;
  }
  console.log('Building the desktop app ...');
  const { exitCode } = await runNode([tool('electron-vite'), 'build', '--logLevel', 'warn']);
  if (exitCode !== 0) throw new Error('The desktop app could not be built.');
}

try {
  await buildBrowserApp();
  console.log('The browser app is in dist/browser/.');
  await buildDesktopApp();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
