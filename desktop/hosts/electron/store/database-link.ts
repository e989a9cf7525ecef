import type { Worker } from 'node:worker_threads';
import { type Answer, type Call, type CallName, type DatabaseCalls, DatabaseError } from './database-calls.ts';

interface Waiting {
  resolve(value: never): void;
  reject(error: Error): void;
}

/** The near end of the database worker. When the worker ends, by itself or by `end`, everything asked before and after is refused. */
export class DatabaseLink {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 0;
  #ended: DatabaseError | undefined;

  /** `onDeath`: told when the worker has ended by itself. */
  constructor(worker: Worker, onDeath: (error: Error) => void) {
    this.#worker = worker;
    worker.on('message', (answer: Answer) => this.#answered(answer));
    const died = (error: Error): void => {
      if (this.#ended) return;
      this.#refuseAll(new DatabaseError('failed', 'the database worker has ended', { cause: error }));
      onDeath(error);
    };
    worker.on('error', (error) => died(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', (code) => died(new Error(`the database worker ended with code ${code}`)));
  }

  /** Copies `input` before it returns. Rejects with `DatabaseError`. */
  call<K extends CallName>(name: K, input: Parameters<DatabaseCalls[K]>[0]): Promise<ReturnType<DatabaseCalls[K]>> {
    if (this.#ended) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      const id = (this.#nextId += 1);
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, name, input } satisfies Call);
    });
  }

  async end(): Promise<void> {
    this.#refuseAll(new DatabaseError('failed', 'the database worker was stopped'));
    await this.#worker.terminate();
  }

  #answered(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ('trouble' in answer) waiting?.reject(new DatabaseError(answer.trouble, answer.message));
    else waiting?.resolve(answer.value as never);
  }

  #refuseAll(error: DatabaseError): void {
    this.#ended = error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
