import type { Storage } from '../port/storage.ts';

/** One set of data, and the processes that serve it. Everything is gone after `dispose`. */
export interface DataSet {
  /** The store of a first process. After `restart` and `reopenAfterCrash` it is another. */
  readonly storage: Storage;
  /** The store of a further process on the same data; where only one process can serve it, the same store. */
  another(): Promise<Storage>;
  /**
   * The process of `storage` dies just before its `steps`-th write from now, between two writes; answering counts as one. Calls under way
   * reject with `StorageUnavailable` or never settle.
   */
  crashAfterWrites(steps: number): void;
  /** Resolves when that has happened. */
  readonly crashed: Promise<void>;
  /** Opens what the death of the process left; without one before, the process dies now. */
  reopenAfterCrash(): Promise<Storage>;
  /** Closes in peace and opens again. */
  restart(): Promise<Storage>;
  /** Every byte that is kept anywhere, read while `storage` is open. */
  bytesAtRest(): Promise<Uint8Array[]>;
  dispose(): Promise<void>;
}

export interface StorageHarness {
  /** A new, empty set of data with one open store. */
  open(): Promise<DataSet>;
}

/** One thing every adapter promises. `title` starts with the id of the rule it stands for. */
export interface Rule {
  title: string;
  /** Rejects if the promise is broken. */
  check(data: DataSet): Promise<void>;
}
