import { Worker } from 'node:worker_threads';
import { DomainError } from '../../domain/domain-error.ts';
import type { BcryptAnswer, BcryptJob } from './bcrypt-worker.ts';

interface Waiting {
  job: BcryptJob;
  resolve(value: string | boolean): void;
  reject(error: Error): void;
}

interface Lane {
  worker: Worker;
  current: Waiting | null;
}

export interface BcryptPool {
  run(job: BcryptJob): Promise<string | boolean>;
  close(): Promise<void>;
}

/**
 * Hashes in worker threads so that a burst of logins never holds up messages. What waits is bounded: beyond `maxWaiting` a caller is
 * told to come back, because a queue longer than people's patience only burns processor time.
 */
export function createBcryptPool(options: { lanes: number; maxWaiting: number }): BcryptPool {
  const lanes: Lane[] = [];
  const queue: Waiting[] = [];
  let closed = false;

  function settle(lane: Lane, act: (done: Waiting) => void): void {
    const done = lane.current;
    lane.current = null;
    if (done !== null) act(done);
    feed();
  }

  function openLane(): Lane {
    // Without the options of this process: a test runner's loaders have no business in there.
    const worker = new Worker(new URL('./bcrypt-worker.ts', import.meta.url), { execArgv: [], name: 'passwords' });
    const lane: Lane = { worker, current: null };
    lane.worker.unref();
    lane.worker.on('message', (answer: BcryptAnswer) => {
      settle(lane, (done) => (answer.ok ? done.resolve(answer.value) : done.reject(new Error(answer.message))));
    });
    const lost = () => {
      const index = lanes.indexOf(lane);
      if (index >= 0) lanes.splice(index, 1);
      settle(lane, (done) => done.reject(new DomainError('unavailable', 'Passwords cannot be checked now', 1_000)));
    };
    lane.worker.on('error', lost);
    lane.worker.on('exit', lost);
    lanes.push(lane);
    return lane;
  }

  function feed(): void {
    while (queue.length > 0 && !closed) {
      const free = lanes.find((lane) => lane.current === null) ?? (lanes.length < options.lanes ? openLane() : null);
      const next = free === null ? undefined : queue.shift();
      if (free === null || next === undefined) return;
      free.current = next;
      free.worker.postMessage(next.job);
    }
  }

  return {
    run(job) {
      if (closed || queue.length >= options.maxWaiting) {
        return Promise.reject(new DomainError('unavailable', 'Too many people are signing in', 2_000));
      }
      return new Promise((resolve, reject) => {
        queue.push({ job, resolve, reject });
        feed();
      });
    },
    async close() {
      closed = true;
      for (const waiting of queue.splice(0)) waiting.reject(new DomainError('unavailable', 'The server is stopping'));
      await Promise.all(lanes.map((lane) => lane.worker.terminate()));
    },
  };
}
