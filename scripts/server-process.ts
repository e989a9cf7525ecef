import { spawn } from 'node:child_process';
import { projectRoot } from './run-command.ts';

export interface ServerProcess {
  /** Where a browser on this machine reaches it. Rejects when the server ends before it listens. */
  address: Promise<string>;
  /** Resolves with its exit code. */
  ended: Promise<number>;
  stop(): void;
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
    child.on('close', (code) => resolve(code ?? 0));
  });
  const address = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      process.stdout.write(text);
      const found = text.split('\n').map(addressIn).find(Boolean);
      if (found) resolve(found);
    });
    void ended.then((code) => reject(new Error(`The server ended with code ${code}.`)), reject);
  });
  // Whoever only waits for the end is not interested in how it began.
  address.catch(() => {});
  return { address, ended, stop: () => void child.kill('SIGTERM') };
}

/**
 * Ctrl+C reaches the server by itself: a terminal signals every process in the foreground. This process only has to
 * outlive it. A signal sent to this process alone is handed on.
 */
export function endTogether(server: ServerProcess): void {
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => server.stop());
}
