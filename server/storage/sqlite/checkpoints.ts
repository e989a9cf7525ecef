import type { Database } from './database.ts';

const idleMs = 100;
/** 32 MiB of the log: beyond, it is brought into the file although there is work to do. */
const maxFrames = 8192;
const batchesPerLook = 64;

/** Brings the log into the file while nobody waits, after `settle`; under steady work, only when the log has grown long. */
export class Checkpoints {
  readonly #database: Database;
  readonly #settle: () => void;
  #batches = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(database: Database, settle: () => void) {
    this.#database = database;
    this.#settle = settle;
  }

  /** After a batch that wrote, when its answer is on its way. */
  committed(): void {
    this.#batches += 1;
    if (this.#timer === undefined) this.#timer = setTimeout(() => this.#whenIdle(), idleMs);
    else this.#timer.refresh();
    if (this.#batches % batchesPerLook === 0 && this.#loggedFrames() > maxFrames) this.#run();
  }

  #whenIdle(): void {
    this.#timer = undefined;
    this.#settle();
    this.#run();
  }

  #loggedFrames(): number {
    return Number(this.#database.pragma('wal_checkpoint(NOOP)')[0]?.['log'] ?? 0);
  }

  #run(): void {
    try {
      this.#database.pragma('wal_checkpoint(PASSIVE)');
    } catch {
      // The log keeps everything until a later one succeeds; if the disk is at fault, the next write says so.
    }
  }
}
