import { StorageUnavailable } from '../port/storage.ts';
import { toldError } from './mongo-errors.ts';
import { UnknownKey } from './sealing/key-ring.ts';

type Calls = Record<string, (...given: never[]) => Promise<unknown>>;

/** Stands before every call: refuses once it is closing, tells faults of the database as the port says, and knows what is under way. */
export class CallGuard {
  readonly #renewKeys: () => Promise<void>;
  readonly #underWay = new Set<Promise<unknown>>();
  #isClosing = false;

  constructor(renewKeys: () => Promise<void>) {
    this.#renewKeys = renewKeys;
  }

  guard<S extends object>(store: S): S {
    const guarded = Object.entries(store as Calls).map(([name, call]) => [
      name,
      (...given: never[]) => this.run(() => call(...given)),
    ]);
    return Object.fromEntries(guarded) as S;
  }

  async run<T>(call: () => Promise<T>): Promise<T> {
    if (this.#isClosing) throw new StorageUnavailable('The storage is closing', { wasWritten: false });
    const running = this.#runTold(call);
    this.#underWay.add(running);
    try {
      return await running;
    } finally {
      this.#underWay.delete(running);
    }
  }

  /** Resolves when all that was accepted is finished. Twice is once. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await Promise.allSettled(this.#underWay);
  }

  async #runTold<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof UnknownKey)) throw toldError(error);
    }
    // Another process has changed the key since the keys were read.
    try {
      await this.#renewKeys();
      return await call();
    } catch (error) {
      throw toldError(error);
    }
  }
}
