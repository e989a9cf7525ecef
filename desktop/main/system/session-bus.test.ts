import { expect, test } from 'vitest';
import { createSessionBus, type Run, runProgram } from './session-bus.ts';

/** What each program prints; one that is not named is not installed. */
function installed(programs: Record<string, string>): Run {
  return async (program) => {
    const output = programs[program];
    if (output === undefined) throw new Error(`spawn ${program} ENOENT`);
    return output;
  };
}

test.each<[string, Record<string, string>, boolean]>([
  ['GLib says yes', { gdbus: '(true,)\n' }, true],
  ['GLib says no', { gdbus: '(false,)\n', 'dbus-send': '   boolean true\n' }, false],
  ['only D-Bus is there to say yes', { 'dbus-send': 'method return time=1 sender=:1\n   boolean true\n' }, true],
  ['nobody can be asked', {}, false],
])('there is a tray, if %s', async (_, programs, hasTray) => {
  expect(await createSessionBus(installed(programs)).hasTray()).toBe(hasTray);
});

test.each<[string, Record<string, string>, boolean]>([
  ['the server says so', { gdbus: "(['actions', 'body', 'body-markup'],)\n" }, true],
  ['the server says otherwise', { gdbus: "(['actions', 'body', 'body-hyperlinks'],)\n" }, false],
  ['nobody says', {}, true],
])('notifications are taken for markup or not, as %s', async (_, programs, isRead) => {
  expect(await createSessionBus(installed(programs)).readsMarkup()).toBe(isRead);
});

test('a program that is missing or fails is a failure', async () => {
  await expect(runProgram('parley-is-no-such-program', [])).rejects.toThrow('ENOENT');
  await expect(runProgram(process.execPath, ['-e', 'process.exit(3)'])).rejects.toThrow('Command failed');
  expect(await runProgram(process.execPath, ['-e', 'console.log(1)'])).toBe('1\n');
});
