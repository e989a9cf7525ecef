import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import type { Answered, Answers } from './answer-asked.ts';

export interface BenchProcess<A extends Answers> {
  ask<K extends keyof A & string>(name: K, argument: Parameters<A[K]>[0]): Promise<Awaited<ReturnType<A[K]>>>;
  end(): Promise<void>;
}

/** Nothing that is asked takes this long, so that a run that hangs ends. */
const maxAnswerMs = 90_000;

export const canPin = spawnSync('taskset', ['--version']).status === 0;

function start(script: string, core: number, flags: readonly string[]): ChildProcess {
  const node = [process.execPath, '--disable-warning=ExperimentalWarning', ...flags, script];
  const [command = '', ...args] = canPin ? ['taskset', '-c', String(core), ...node] : node;
  return spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

/** A script in a process of its own, on one core where the machine has `taskset`; it answers with `answerAsked`. */
export function startProcess<A extends Answers>(
  script: string,
  core: number,
  flags: readonly string[] = [],
): BenchProcess<A> {
  const child = start(script, core, flags);
  const waiting = new Map<number, { resolve(answer: never): void; reject(error: Error): void }>();
  let count = 0;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code) => {
      for (const { reject } of waiting.values()) reject(new Error(`${script} ended with ${String(code)}`));
      resolve();
    });
  });
  child.on('message', (message) => {
    const { number, answer, error } = message as Answered;
    const asked = waiting.get(number);
    waiting.delete(number);
    if (error === undefined) asked?.resolve(answer as never);
    else asked?.reject(new Error(error));
  });
  return {
    ask(name, argument) {
      count += 1;
      const number = count;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`${name} took too long`)), maxAnswerMs);
        const settle = (run: () => void) => {
          clearTimeout(timer);
          run();
        };
        waiting.set(number, {
          resolve: (answer) => settle(() => resolve(answer)),
          reject: (error) => settle(() => reject(error)),
        });
        child.send({ number, name, argument });
      });
    },
    async end() {
      if (child.connected) child.disconnect();
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(timer);
    },
  };
}
