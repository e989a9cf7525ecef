import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { createMemoryVault } from '../secrets/memory-vault.ts';
import { type LocalLoss, openSqliteStorePort, type SqliteStorePort } from '../store/sqlite-local-store.ts';
import type { Answer } from '../store/database-calls.ts';
import { breakAt, createBreaks, stoppedAnswer } from './breaks.ts';

/** A profile in a folder of its own, with secrets that outlive its processes, and what it reported. */
export class TestProfile {
  readonly #folder = mkdtempSync(join(tmpdir(), 'parley-profile-'));
  readonly #breaks = createBreaks();
  #generation = 0;
  #worker!: Worker;
  #hasStopped = Promise.withResolvers<void>();
  port!: SqliteStorePort;
  secrets = createMemoryVault();
  readonly losses: LocalLoss[] = [];
  readonly logged: string[] = [];
  complaints = 0;

  static async open(): Promise<TestProfile> {
    const profile = new TestProfile();
    await profile.start();
    return profile;
  }

  get path(): string {
    return join(this.#folder, `profile-${this.#generation}`);
  }

  async start(): Promise<void> {
    this.#hasStopped = Promise.withResolvers();
    this.port = await openSqliteStorePort({
      profilePath: this.path,
      secrets: this.secrets,
      startDatabaseWorker: () => this.#startWorker(),
      log: (event, details) => this.logged.push(`${event} ${JSON.stringify(details ?? {})}`),
      onLoss: (loss) => this.losses.push(loss),
      onUnusable: () => (this.complaints += 1),
    });
  }

  #startWorker(): Worker {
    const source = new URL('./breakable-worker.ts', import.meta.url);
    this.#worker = new Worker(source, { execArgv: [], workerData: this.#breaks });
    this.#worker.on('message', ({ id }: Answer) => {
      if (id === stoppedAnswer.id) this.#hasStopped.resolve();
    });
    return this.#worker;
  }

  /** Ends properly and starts again. */
  async restart(): Promise<void> {
    await this.port.end();
    await this.start();
  }

  failNextBatch(afterWrites: number): void {
    Atomics.store(this.#breaks, breakAt.failAfterWrites, afterWrites + 1);
  }

  /** The process is killed before its next step but `steps`. */
  dieAfter(steps: number): void {
    Atomics.store(this.#breaks, breakAt.stopAfterSteps, steps + 1);
  }

  /** Resolves when it has died as `dieAfter` says. */
  get died(): Promise<void> {
    return this.#hasStopped.promise;
  }

  /** Kills the process where it stands, and starts the next one. */
  async kill(): Promise<void> {
    this.dieAfter(0);
    this.#worker.postMessage('poke');
    await this.died;
    await this.startAfterDeath();
  }

  /** The next process goes on in a copy, since the dead one still holds its files. */
  async startAfterDeath(): Promise<void> {
    const [left, worker] = [this.path, this.#worker];
    this.#generation += 1;
    cpSync(left, this.path, { recursive: true });
    const { port } = this;
    await this.start();
    await Promise.all([worker.terminate(), port.end()]);
  }

  /** Every file, by its path in the profile. */
  files(): Map<string, Buffer> {
    const paths = readdirSync(this.path, { recursive: true, encoding: 'utf8' });
    const files = paths.filter((path) => statSync(join(this.path, path)).isFile());
    return new Map(files.map((path) => [path, readFileSync(join(this.path, path))]));
  }

  async dispose(): Promise<void> {
    await this.port.end();
    rmSync(this.#folder, { recursive: true });
  }
}
