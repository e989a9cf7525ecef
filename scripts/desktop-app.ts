import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './run-command.ts';

const electronFolder = join(projectRoot, 'node_modules', 'electron');
const mainBundle = join(projectRoot, 'out', 'main', 'main.js');

/** Electron's executable, if it was installed. Asking the package itself would download it. */
function findElectron(): string | undefined {
  const pathFile = join(electronFolder, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(electronFolder, 'dist');
  const executable = join(folder, readFileSync(pathFile, 'utf8').trim());
  return existsSync(executable) ? executable : undefined;
}

/** Opens the desktop app at this server, or says in one line why it cannot. */
export function openDesktopApp(address: string): string | undefined {
  if (!existsSync(mainBundle)) return 'The desktop app is not built ("npm run build").';
  const electron = findElectron();
  if (!electron) return 'The desktop app needs the Electron binary, which "npx install-electron" downloads.';
  const env = { ...process.env, PARLEY_SERVER_URL: address };
  spawn(electron, [mainBundle], { stdio: 'inherit', env }).on('error', ({ message }) => console.error(message));
  return undefined;
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
