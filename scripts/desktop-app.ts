import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './run-command.ts';

const electronFolder = join(projectRoot, 'node_modules', 'electron');

/** Electron's executable, if it was installed. Asking the package itself would download it. */
export function findElectron(): string | undefined {
  const pathFile = join(electronFolder, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(electronFolder, 'dist');
  const executable = join(folder, readFileSync(pathFile, 'utf8').trim());
  return existsSync(executable) ? executable : undefined;
}

/** Fetches Electron's executable, on any Node that the project starts with. */
export const installElectron = 'npm run node -- node_modules/electron/install.js';

/** Opens the built desktop app, which suggests this server where it has none yet. */
export function openDesktopApp(address: string): void {
  const electron = findElectron();
  if (!electron) return;
  const env = { ...process.env, PARLEY_SERVER_URL: address };
  spawn(electron, [projectRoot], { stdio: 'inherit', env }).on('error', ({ message }) => console.error(message));
}

/** Opens the system's browser where there is one; a machine without a screen has none, and that is no failure. */
export function openBrowser(address: string): void {
  const hasScreen = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
  if (!hasScreen) return;
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', address]
      : process.platform === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler', address]
        : ['xdg-open', address];
  if (command)
    spawn(command, args, { stdio: 'ignore', detached: true })
      .on('error', () => {})
      .unref();
}
