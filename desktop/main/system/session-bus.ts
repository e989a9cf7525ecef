import { execFile } from 'node:child_process';

/** Runs a program and answers what it printed; fails where it is missing, fails or takes too long. */
export type Run = (program: string, args: string[]) => Promise<string>;

const patienceMs = 2000;

export const runProgram: Run = (program, args) =>
  new Promise((resolve, reject) => {
    execFile(program, args, { timeout: patienceMs }, (error, output) => (error ? reject(error) : resolve(output)));
  });

/** Asks the desktop of a person on Linux. Without a session bus, or a program to ask it with, nothing is there. */
export interface SessionBus {
  /** Somebody shows the icons of trays. */
  hasTray(): Promise<boolean>;
  /** Notifications are read as markup; where nobody says so, they are taken for it. */
  readsMarkup(): Promise<boolean>;
}

interface Call {
  destination: string;
  path: string;
  member: string;
  text?: string;
}

export function createSessionBus(run: Run = runProgram): SessionBus {
  return {
    async hasTray() {
      const answer = await ask(run, {
        destination: 'org.freedesktop.DBus',
        path: '/org/freedesktop/DBus',
        member: 'org.freedesktop.DBus.NameHasOwner',
        text: 'org.kde.StatusNotifierWatcher',
      });
      return answer !== undefined && /\btrue\b/.test(answer);
    },
    async readsMarkup() {
      const answer = await ask(run, {
        destination: 'org.freedesktop.Notifications',
        path: '/org/freedesktop/Notifications',
        member: 'org.freedesktop.Notifications.GetCapabilities',
      });
      return answer === undefined || /\bbody-markup\b/.test(answer);
    },
  };
}

/** GLib's program is on nearly every desktop, D-Bus's own on the others. */
async function ask(run: Run, { destination, path, member, text }: Call): Promise<string | undefined> {
  const words = text === undefined ? [] : [text];
  const ways: [program: string, args: string[]][] = [
    ['gdbus', ['call', '--session', '--dest', destination, '--object-path', path, '--method', member, ...words]],
    [
      'dbus-send',
      ['--session', '--print-reply', `--dest=${destination}`, path, member, ...words.map((word) => `string:${word}`)],
    ],
  ];
  for (const [program, args] of ways) {
    try {
      return await run(program, args);
    } catch {
      // Missing, or nobody answers: the other one says.
    }
  }
  return undefined;
}
