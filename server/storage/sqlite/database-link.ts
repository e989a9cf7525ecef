import { Worker } from 'node:worker_threads';
import { StorageUnavailable } from '../port/storage.ts';
import type { Batch, BatchAnswer, Failure } from './batch.ts';
import type { WorkerMessage, WorkerStart } from './link-messages.ts';
import { SqliteOpenError } from './open-error.ts';
import type { OperationName, OperationTable } from './operations/operations.ts';

interface Waiting {
  resolve(answer: never): void;
  reject(error: Error): void;
}

export interface LinkEvents {
  /** The worker has died by itself; everything is refused from now on. */
  onFatal(error: Error): void;
  /** Something failed that nobody waits for. */
  onTrouble(error: Error): void;
  /** The fault seam has stopped it. */
  onStopped(terminate: () => Promise<void>): void;
}

/** Bounds how long a call can wait behind others of its batch. */
const maxCallsPerBatch = 256;

/**
 * The near end of the database worker.
 *
 *   opening --> idle <--> busy (one batch is out, calls gather) --> closing --> closed
 *                 \________\_____________________________________/--> dead (the worker ended by itself)
 */
export class DatabaseLink {
  readonly #worker: Worker;
  readonly #events: LinkEvents;
  #state: 'opening' | 'idle' | 'busy' | 'closing' | 'closed' | 'dead' = 'opening';
  #isScheduled = false;
  #batch: Batch = [];
  #waiting: Waiting[] = [];
  #late: (() => void)[] = [];
  #out: Waiting[] = [];
  #ended = Promise.withResolvers<void>();
  #drained: (() => void) | undefined;

  private constructor(worker: Worker, events: LinkEvents) {
    this.#worker = worker;
    this.#events = events;
  }

  static async open(
    start: WorkerStart,
    events: LinkEvents,
  ): Promise<{ link: DatabaseLink; identity: { serverId: string; epoch: string } }> {
    // Without the options of this process: a test runner's loaders have no business in there.
    const worker = new Worker(new URL('./database-worker.ts', import.meta.url), {
      workerData: start,
      execArgv: [],
      name: 'database',
    });
    const link = new DatabaseLink(worker, events);
    const identity = await link.#opened();
    return { link, identity };
  }

  call<K extends OperationName>(
    name: K,
    argument: Parameters<OperationTable[K]>[0],
  ): Promise<ReturnType<OperationTable[K]>> {
    if (!this.#isServing) return Promise.reject(refused());
    return new Promise((resolve, reject) => {
      this.#batch.push(name, argument);
      this.#waiting.push({ resolve, reject });
      this.#schedule();
    });
  }

  /** Calls `add` right before the next batch goes out, so that what it calls for is in it. */
  beforeNext(add: () => void): void {
    if (!this.#isServing) return add();
    this.#late.push(add);
    this.#schedule();
  }

  /** Sends what is waiting, then closes. */
  async close(): Promise<void> {
    if (this.#state === 'closing' || this.#state === 'closed' || this.#state === 'dead') return this.#ended.promise;
    if (this.#state === 'busy' || this.#hasMore) await new Promise<void>((resolve) => (this.#drained = resolve));
    if (this.#hasDied()) return;
    this.#state = 'closing';
    this.#worker.postMessage(null);
    return this.#ended.promise;
  }

  /** Ends the worker where it stands. */
  async terminate(): Promise<void> {
    this.#die(new StorageUnavailable('The database was stopped'));
    await this.#worker.terminate();
  }

  get #isServing(): boolean {
    return this.#state === 'idle' || this.#state === 'busy';
  }

  get #hasMore(): boolean {
    return this.#waiting.length > 0 || this.#late.length > 0;
  }

  #hasDied(): boolean {
    return this.#state === 'dead';
  }

  #opened(): Promise<{ serverId: string; epoch: string }> {
    return new Promise((resolve, reject) => {
      this.#worker.on('message', (message: WorkerMessage) => {
        if (message.kind === undefined) this.#answered(message);
        else if (message.kind === 'opened') {
          this.#state = 'idle';
          resolve(message.identity);
        } else if (message.kind === 'not-opened') {
          this.#state = 'closed';
          reject(new SqliteOpenError(message.reason, message.message, { cause: message.cause }));
        } else if (message.kind === 'trouble')
          this.#events.onTrouble(Object.assign(new Error(message.message), message.details));
        else if (message.kind === 'stopped') this.#events.onStopped(() => this.terminate());
        else this.#state = 'closed';
      });
      const ended = (error: Error) => {
        reject(error);
        this.#endedByItself(error);
      };
      this.#worker.on('error', (error) => ended(error instanceof Error ? error : new Error(String(error))));
      this.#worker.on('exit', (code) => ended(new Error(`The database worker ended with code ${code}`)));
    });
  }

  /** Not at once: what else this turn of the event loop brings shares the batch, and its fsync. */
  #schedule(): void {
    if (this.#isScheduled || this.#state !== 'idle') return;
    this.#isScheduled = true;
    setImmediate(() => this.#send());
  }

  #send(): void {
    this.#addLate();
    this.#isScheduled = false;
    if (this.#state !== 'idle') return;
    if (this.#waiting.length === 0) return this.#drained?.();
    this.#state = 'busy';
    this.#out = this.#waiting.splice(0, maxCallsPerBatch);
    const batch = this.#batch.splice(0, maxCallsPerBatch * 2);
    try {
      this.#worker.postMessage(batch);
    } catch (error) {
      // Something in it cannot be cloned: nothing was sent, and the worker will not answer.
      for (const waiting of this.#out) waiting.reject(error as Error);
      this.#answered({ answers: [], failures: [] });
    }
  }

  #addLate(): void {
    for (const add of this.#late.splice(0)) add();
  }

  #answered({ answers, failures }: BatchAnswer): void {
    if (this.#state !== 'busy') return;
    const out = this.#out;
    this.#out = [];
    this.#state = 'idle';
    for (const failure of failures) out[failure[0]]?.reject(errorFrom(failure));
    // Those that were rejected ignore it.
    for (const [index, waiting] of out.entries()) waiting.resolve(answers[index] as never);
    if (this.#hasMore) this.#schedule();
    else this.#drained?.();
  }

  #endedByItself(error: Error): void {
    const wasServing = this.#state === 'idle' || this.#state === 'busy' || this.#state === 'closing';
    this.#die(new StorageUnavailable('The database worker has ended', { cause: error }));
    if (wasServing) this.#events.onFatal(error);
  }

  #die(error: StorageUnavailable): void {
    if (this.#state !== 'closed') this.#state = 'dead';
    for (const waiting of [...this.#out, ...this.#waiting]) waiting.reject(error);
    this.#out = [];
    this.#waiting = [];
    this.#batch = [];
    this.#addLate();
    this.#drained?.();
    this.#ended.resolve();
  }
}

function refused(): StorageUnavailable {
  return new StorageUnavailable('The database is closed', { wasWritten: false });
}

function errorFrom([, kind, message]: Failure): Error {
  if (kind === 'refused') return new Error(message);
  return new StorageUnavailable(message, kind === 'unavailable' ? { wasWritten: false } : {});
}
