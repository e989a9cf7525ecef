import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** @param {number} processId */
function isRunning(processId) {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} file */
function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

/**
 * Two commands started at once must not install into the same folder; the second waits for the first.
 * @template T
 * @param {string} folder made when missing, handed to the work
 * @param {(folder: string) => Promise<T>} work
 */
export async function underLock(folder, work) {
  const file = join(folder, 'setup.lock');
  mkdirSync(folder, { recursive: true });
  const saying = setTimeout(() => process.stderr.write('Waiting for another set-up in this folder ...\n'), 1_000);
  while (!take(file)) {
    let owner = 0;
    try {
      owner = Number(readFileSync(file, 'utf8'));
    } catch {
      // The other process has just finished.
    }
    if (owner > 0 && !isRunning(owner)) rmSync(file, { force: true });
    await sleep(200);
  }
  clearTimeout(saying);
  try {
    return await work(folder);
  } finally {
    rmSync(file, { force: true });
  }
}
