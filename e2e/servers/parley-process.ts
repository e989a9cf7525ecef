import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../scripts/run-command.ts';

export interface ParleyProcessOptions {
  /** Further variables of its environment. */
  environment?: Record<string, string>;
  /** Data that is there already; by default a new folder, removed by `discard`. */
  dataDir?: string;
}

/**
 * The server as whoever hosts it runs it: a process of its own, on a data folder of its own.
 *
 *     running <--start-- stopped <--stop, kill9-- running
 */
export class ParleyProcess {
  readonly dataDir: string;
  readonly #environment: Record<string, string>;
  readonly #isDataOurs: boolean;
  /** Stays the same over restarts, as people's addresses do. */
  #port = 0;
  #child: ChildProcess | undefined;

  private constructor(dataDir: string, isDataOurs: boolean, environment: Record<string, string>) {
    this.dataDir = dataDir;
    this.#isDataOurs = isDataOurs;
    this.#environment = environment;
  }

  static async start({ environment = {}, dataDir }: ParleyProcessOptions = {}): Promise<ParleyProcess> {
    const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'parley-e2e-')));
    const server = new ParleyProcess(folder, dataDir === undefined, environment);
    await server.start();
    return server;
  }

  get url(): string {
    return `http://localhost:${this.#port}`;
  }

  /** Resolves when it listens, at the same address as before. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, ['server/main.ts'], {
      cwd: projectRoot,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        PARLEY_DATA_DIR: this.dataDir,
        PORT: String(this.#port),
        PARLEY_REGISTRATIONS_PER_HOUR: '100000',
        ...this.#environment,
      },
    });
    this.#child = child;
    const said: string[] = [];
    child.stdout.setEncoding('utf8').on('data', (text: string) => said.push(text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
    this.#port = await new Promise<number>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => reject(new Error(`The server ended with ${code}:\n${said.join('')}`)));
      child.stdout.on('data', () => {
        const port = /ready at http:\/\/\S+:(\d+)/.exec(said.join(''))?.[1];
        if (port !== undefined) resolve(Number(port));
      });
    });
  }

  /** Ends without any chance to finish, as when the power fails. */
  kill9(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** Drains and ends, as when its host shuts it down. */
  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async log(): Promise<string> {
    const file = join(this.dataDir, 'logs', 'server.log');
    return existsSync(file) ? readFile(file, 'utf8') : '';
  }

  /** Ends it and removes its data. */
  async discard(): Promise<void> {
    await this.kill9();
    if (this.#isDataOurs) await rm(this.dataDir, { recursive: true, force: true });
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'close');
    child.kill(signal);
    await ended;
  }
}
