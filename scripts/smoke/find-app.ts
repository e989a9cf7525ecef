import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { findElectron } from '../desktop-app.ts';
import { projectRoot } from '../run-command.ts';

const packedPrograms: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'mac*/Parley.app/Contents/MacOS/Parley',
  linux: 'linux*-unpacked/parley',
  win32: 'win*-unpacked/Parley.exe',
};

export interface StartableApp {
  program: string;
  words: string[];
}

/** The packed app, or else the built one on the Electron that is installed. */
export function findApp(): StartableApp | undefined {
  const [packed] = globSync(join('release', packedPrograms[process.platform] ?? ''), { cwd: projectRoot });
  if (packed) return { program: join(projectRoot, packed), words: [] };
  const electron = findElectron();
  if (!electron || !existsSync(join(projectRoot, 'out', 'main', 'main.js'))) return undefined;
  return { program: electron, words: [projectRoot] };
}
