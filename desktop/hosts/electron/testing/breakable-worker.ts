// The database worker, which stands still or fails between any two steps when the test says so.
import { parentPort, workerData } from 'node:worker_threads';
import { serveDatabases } from '../store/serve-databases.ts';
import { type Driver, openDriver } from '../store/sqlite-driver.ts';
import { breakAt, stoppedAnswer, takeStep, type Step } from './breaks.ts';

if (parentPort === null) throw new Error('Runs as a worker only');
const port = parentPort;
const breaks = workerData as Int32Array;

/** Stands still for ever, with the files as they are: what a killed process leaves. */
function stop(): void {
  port.postMessage(stoppedAnswer);
  Atomics.wait(breaks, breakAt.thaw, 0);
}

function step(kind: Step): void {
  const outcome = takeStep(breaks, kind);
  if (outcome === 'stop') stop();
  if (outcome === 'fail') throw new Error('the disk is full');
}

function breakable(driver: Driver): Driver {
  return {
    ...driver,
    statement(sql) {
      const statement = driver.statement(sql);
      const kind = /^\s*(INSERT|DELETE)/.test(sql) ? 'write' : 'other';
      return {
        iterate: (...values) => statement.iterate(...values),
        run(...values) {
          step(kind);
          statement.run(...values);
        },
      };
    },
    execute(sql) {
      step('other');
      driver.execute(sql);
    },
    pragma(text) {
      step('other');
      return driver.pragma(text);
    },
    close() {
      step('other');
      driver.close();
    },
  };
}

serveDatabases(
  {
    // 'poke': a step of its own, for a worker that has nothing to do.
    on: (name, listener) =>
      port.on(name, (message: unknown) => (message === 'poke' ? step('other') : listener(message))),
    postMessage(message) {
      step('other');
      port.postMessage(message);
    },
  } as Parameters<typeof serveDatabases>[0],
  (path) => breakable(openDriver(path)),
);
