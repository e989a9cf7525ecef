import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** Where desktops of Linux look for what starts at login (XDG Autostart specification). */
export function autostartFile(fileName: string, environment: NodeJS.ProcessEnv): string {
  const chosen = environment['XDG_CONFIG_HOME'] ?? '';
  const folder = isAbsolute(chosen) ? chosen : join(environment['HOME'] ?? homedir(), '.config');
  return join(folder, 'autostart', fileName);
}

/** A desktop entry that runs this command (Desktop Entry specification 1.5). */
export function autostartEntry(name: string, command: readonly string[]): string {
  return `${[
    '[Desktop Entry]',
    'Type=Application',
    `Name=${escapeValue(name)}`,
    `Exec=${escapeValue(command.map(quoteWord).join(' '))}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
  ].join('\n')}\n`;
}

/** Somebody has turned it off in the settings of their desktop, which leaves the file in place. */
export function isTurnedOff(entry: string): boolean {
  return /^(Hidden *= *true|X-GNOME-Autostart-enabled *= *false) *$/m.test(entry);
}

/** One word of a command line: quoted, what is special within quotes escaped, and `%` doubled, which otherwise begins a field code. */
function quoteWord(word: string): string {
  return `"${word.replaceAll(/["`$\\]/g, String.raw`\$&`).replaceAll('%', '%%')}"`;
}

/** Any value is unescaped before it is read further. */
function escapeValue(text: string): string {
  return text
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('\r', String.raw`\r`)
    .replaceAll('\t', String.raw`\t`);
}
