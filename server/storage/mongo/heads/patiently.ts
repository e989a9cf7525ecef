import { setTimeout as sleep } from 'node:timers/promises';
import { isTransient } from '../mongo-errors.ts';

export const maxTries = 12;

/** Some seconds over all tries; nobody in step with anybody else. */
export function pause(tries: number): Promise<void> {
  return sleep(Math.random() * Math.min(1000, 2 ** tries * 4));
}

/** For work that may be done twice: again after every conflict and every lost connection, a bounded number of times. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isTransient(error) || tries >= maxTries) throw error;
      await pause(tries);
    }
  }
}
