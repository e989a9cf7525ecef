import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { app } from 'electron';
import type { ShellSettings, ShellView } from '../../ipc/shell-api.ts';
import { identity } from '../identity.ts';
import { autostartEntry, autostartFile, isTurnedOff } from './autostart-entry.ts';

type LoginSettings = Pick<ShellSettings, 'startsAtLogin' | 'startsHidden'>;

/** Says on the command line that no window is wanted. macOS hands none over. */
export const hiddenWord = '--hidden';

/** Tells the system what was chosen. Throws where it cannot be told. */
export function startAtLogin(platform: ShellView['platform'], { startsAtLogin, startsHidden }: LoginSettings): void {
  const words = startsHidden ? [hiddenWord] : [];
  if (platform === 'mac') {
    app.setLoginItemSettings({ openAtLogin: startsAtLogin });
  } else if (platform === 'windows') {
    const quotedPath = app.isPackaged ? [] : [`"${app.getAppPath()}"`];
    app.setLoginItemSettings({ openAtLogin: startsAtLogin, path: process.execPath, args: [...quotedPath, ...words] });
  } else {
    const file = entryFile();
    if (!startsAtLogin) return rmSync(file, { force: true });
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, entry(startsHidden));
  }
}

/** On Linux the entry names a file, and an AppImage may since have been moved or replaced. What a person turned off elsewhere stays off. */
export function refreshAutostart(
  platform: ShellView['platform'],
  { startsAtLogin, startsHidden }: LoginSettings,
): void {
  const file = entryFile();
  if (platform !== 'linux' || !startsAtLogin || !existsSync(file)) return;
  const before = readFileSync(file, 'utf8');
  if (!isTurnedOff(before) && before !== entry(startsHidden)) writeFileSync(file, entry(startsHidden));
}

/** Whether this start is one that shows no window. */
export function isHiddenStart(platform: ShellView['platform'], { startsHidden }: LoginSettings): boolean {
  if (platform === 'mac') return startsHidden && app.getLoginItemSettings().wasOpenedAtLogin;
  return process.argv.includes(hiddenWord);
}

function entryFile(): string {
  return autostartFile(identity.desktopName, process.env);
}

function entry(isHidden: boolean): string {
  const program = process.env['APPIMAGE'] ?? process.execPath;
  const command = app.isPackaged ? [program] : [program, app.getAppPath()];
  return autostartEntry(app.getName(), [...command, ...(isHidden ? [hiddenWord] : [])]);
}
