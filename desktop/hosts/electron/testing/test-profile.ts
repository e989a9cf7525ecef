import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AccountFolders } from '../store/account-folders.ts';
import { migrations } from '../store/migrations.ts';
import { openDatabase } from '../store/open-database.ts';
import { openDriver } from '../store/sqlite-driver.ts';
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

  /** Waits for the death that `dieAfter` has announced, or kills the process when `work` is through before; then starts the next one. */
  async dieDuring(work: Promise<unknown>): Promise<void> {
    const through = work.then(
      () => true,
      () => true,
    );
    const survived = await Promise.race([through, this.died.then(() => false)]);
    await (survived ? this.kill() : this.startAfterDeath());
    await through;
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

  keyOf(accountKey: string): Promise<string | null> {
    return this.secrets.read(`database-key/${accountKey}`);
  }

  async putKey(accountKey: string, key: string): Promise<void> {
    await this.secrets.write(`database-key/${accountKey}`, key);
  }

  /** As when the profile was copied to another computer. */
  forgetSecrets(): void {
    this.secrets = createMemoryVault();
  }

  /** As if the next version of Parley had written it. */
  async raiseVersion(accountKey: string): Promise<void> {
    const folders = new AccountFolders(this.path);
    const path = folders.databaseIn(folders.folderOf(accountKey));
    const later = [...migrations, 'CREATE TABLE later (word TEXT) STRICT'];
    openDatabase(openDriver, path, (await this.keyOf(accountKey)) ?? '', later).close();
  }

  /** The worker ends by itself, as if it had run out of memory. */
  async endWorker(): Promise<void> {
    await this.#worker.terminate();
  }

  /** Every file, by its path in the profile. */
  files(): Map<string, Buffer> {
    const paths = readdirSync(this.path, { recursive: true, encoding: 'utf8' });
    const files = paths.filter((path) => statSync(join(this.path, path)).isFile());
    return new Map(files.map((path) => [path, readFileSync(join(this.path, path))]));
  }

  overwrite(file: string, bytes: Buffer): void {
    writeFileSync(join(this.path, file), bytes);
  }

  /** Who may enter the folders in `folder`. */
  modes(folder: string): number[] {
    const names = readdirSync(join(this.path, folder));
    return names.map((name) => statSync(join(this.path, folder, name)).mode & 0o777);
  }

  async dispose(): Promise<void> {
    await this.port.end();
    rmSync(this.#folder, { recursive: true });
  }
}
