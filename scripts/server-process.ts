import { spawn } from 'node:child_process';
import { projectRoot } from './run-command.ts';
import { exitStatus } from './setup/exit-status.mjs';

export interface ServerProcess {
  /** Where a browser on this machine reaches it; `null` where it ends before it listens. It has said why. */
  address: Promise<string | null>;
  /** Resolves with its exit status: 128 and the signal's number where one ended it. */
  ended: Promise<number>;
  kill(signal: NodeJS.Signals): void;
}

/** The first address in a line of the server's log, as a browser on this machine would open it. */
export function addressIn(line: string): string | undefined {
  const found = /\bhttps?:\/\/[^\s"'<>\\]+/.exec(line)?.[0];
  if (found === undefined || !URL.canParse(found)) return undefined;
  return new URL(found).origin.replace(/\/\/(0\.0\.0\.0|\[::\])(?=:|$)/, '//localhost');
}

/** Starts the server with its log on this terminal. */
export function startServer(nodeOptions: string[] = []): ServerProcess {
  const child = spawn(process.execPath, [...nodeOptions, 'server/main.ts'], {
    cwd: projectRoot,
    stdio: ['inherit', 'pipe', 'inherit'],
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (signal) process.stderr.write(`The server was ended by ${signal}.\n`);
      resolve(exitStatus(code, signal));
    });
  });
  const address = new Promise<string | null>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      process.stdout.write(text);
      const found = text.split('\n').map(addressIn).find(Boolean);
      if (found) resolve(found);
    });
    void ended.then(() => resolve(null), reject);
  });
  return { address, ended, kill: (signal) => void child.kill(signal) };
}

/**
 * This process outlives the server. Ctrl+C reaches the server by itself: a terminal signals every process in the
 * foreground. A signal sent to this process alone is handed on.
 */
export function endTogether(server: ServerProcess): void {
  process.on('SIGINT', () => process.stdin.isTTY || server.kill('SIGINT'));
  process.on('SIGTERM', () => server.kill('SIGTERM'));
}
