import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSet, StorageHarness } from '../../conformance/harness.ts';
import type { Storage } from '../../port/storage.ts';
import { faultAt, faultSlots } from '../faults.ts';
import { openSqliteStorage } from '../sqlite-storage.ts';

const suffixes = ['', '-wal'];

/** Copies what a killed process leaves: the file and its log, as far as they are written. */
export function copyDatabase(from: string, to: string): void {
  const lastWritten = () =>
    suffixes.map((suffix) => statSync(from + suffix, { throwIfNoEntry: false })?.mtimeMs).join();
  // Whoever has it open may be putting it in order: a file that is newer than its log would be what nobody ever left.
  for (let before = ''; before !== lastWritten();) {
    before = lastWritten();
    for (const suffix of suffixes) {
      rmSync(to + suffix, { force: true });
      if (existsSync(from + suffix)) copyFileSync(from + suffix, to + suffix);
    }
  }
}

/** A set of data in a folder of its own. A crash goes on in a copy, since the stopped worker still holds the file. */
export class SqliteDataSet implements DataSet {
  readonly folder = mkdtempSync(join(tmpdir(), 'parley-sqlite-'));
  readonly key = randomBytes(32);
  readonly faults = new Int32Array(new SharedArrayBuffer(faultSlots * Int32Array.BYTES_PER_ELEMENT));
  #generation = 0;
  #storage: Storage | undefined;
  #stopped: (() => Promise<void>) | undefined;
  #crash = Promise.withResolvers<void>();

  get path(): string {
    return join(this.folder, `parley-${this.#generation}.db`);
  }

  get storage(): Storage {
    if (this.#storage === undefined) throw new Error('Not open');
    return this.#storage;
  }

  get crashed(): Promise<void> {
    return this.#crash.promise;
  }

  another = async (): Promise<Storage> => this.storage;

  async open(): Promise<Storage> {
    this.#storage = await openSqliteStorage({
      path: this.path,
      key: this.key,
      mint: { serverId: `server ${this.#generation}`, epoch: `epoch ${this.#generation}` },
      faults: {
        memory: this.faults,
        onStopped: (terminate) => {
          this.#stopped = terminate;
          this.#crash.resolve();
        },
      },
    });
    return this.#storage;
  }

  crashAfterWrites(steps: number): void {
    Atomics.store(this.faults, faultAt.stepsLeft, steps);
  }

  async reopenAfterCrash(): Promise<Storage> {
    const { path: left, storage: dead } = this;
    Atomics.store(this.faults, faultAt.stepsLeft, 0);
    this.#generation += 1;
    copyDatabase(left, this.path);
    await this.#end(dead);
    this.#stopped = undefined;
    this.#crash = Promise.withResolvers<void>();
    return this.open();
  }

  async restart(): Promise<Storage> {
    await this.storage.close();
    return this.open();
  }

  async bytesAtRest(): Promise<Uint8Array[]> {
    return readdirSync(this.folder).map((name) => readFileSync(join(this.folder, name)));
  }

  /** A worker that is stopped, perhaps only while it closes, is ended where it stands. */
  async #end(storage: Storage | undefined): Promise<void> {
    if (this.#stopped === undefined) await Promise.race([storage?.close(), this.crashed]);
    await this.#stopped?.();
  }

  async dispose(): Promise<void> {
    await this.#end(this.#storage);
    rmSync(this.folder, { recursive: true });
  }
}

export const sqliteHarness: StorageHarness = {
  async open() {
    const data = new SqliteDataSet();
    await data.open();
    return data;
  },
};
