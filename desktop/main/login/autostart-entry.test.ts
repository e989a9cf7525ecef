import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { autostartEntry, autostartFile, isTurnedOff } from './autostart-entry.ts';

/** What a desktop runs, read as the Desktop Entry specification says: unescape the value, split by quotes, undo field codes. */
function commandIn(entry: string): string[] {
  const value = /^Exec=(.*)$/m.exec(entry)?.[1] ?? '';
  const special: Record<string, string> = { s: ' ', n: '\n', t: '\t', r: '\r', '\\': '\\' };
  const line = value.replaceAll(/\\(.)/g, (_, letter: string) => special[letter] ?? '');
  return [...line.matchAll(/"((?:[^"\\]|\\.)*)"/gs)].map(([, word = '']) =>
    word.replaceAll(/\\(["`$\\])/g, '$1').replaceAll('%%', '%'),
  );
}

describe('an entry', () => {
  test('is what desktops expect', () => {
    expect(autostartEntry('Parley', ['/opt/Parley/parley', '--hidden'])).toBe(
      [
        '[Desktop Entry]',
        'Type=Application',
        'Name=Parley',
        'Exec="/opt/Parley/parley" "--hidden"',
        'Terminal=false',
        'X-GNOME-Autostart-enabled=true',
        '',
      ].join('\n'),
    );
  });

  test('quotes what the specification calls special', () => {
    expect(autostartEntry('P', [String.raw`/home/a b/$x/"q"/\back/100%/p`])).toContain(
      String.raw`Exec="/home/a b/\\$x/\\"q\\"/\\\\back/100%%/p"`,
    );
  });

  test('runs any command as it is, in one line', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (command) => {
        const entry = autostartEntry('Parley', command);
        expect(entry.split('\n')).toHaveLength(7);
        expect(commandIn(entry)).toEqual(command);
      }),
      { examples: [[['a\nHidden=true', '%f', '$HOME', '`id`', '\\', '']]] },
    );
  });

  test.each([
    ['Hidden=true', true],
    ['X-GNOME-Autostart-enabled=false', true],
    ['X-GNOME-Autostart-enabled=true', false],
    ['Comment=Hidden=true', false],
  ])('with %s is turned off: %s', (line, isOff) => {
    expect(isTurnedOff(`[Desktop Entry]\n${line}\n`)).toBe(isOff);
  });
});

test.each([
  [{ HOME: '/home/ada' }, '/home/ada/.config/autostart/x.desktop'],
  [{ HOME: '/home/ada', XDG_CONFIG_HOME: '/etc/ada' }, '/etc/ada/autostart/x.desktop'],
  [{ HOME: '/home/ada', XDG_CONFIG_HOME: 'relative' }, '/home/ada/.config/autostart/x.desktop'],
])('with %j it lies in %s', (environment, file) => {
  expect(autostartFile('x.desktop', environment)).toBe(file);
});
