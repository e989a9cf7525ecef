import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

/** @param {string} folder */
const lockIn = (folder) => join(folder, 'setup.lock');

/** @param {string} folder */
export const isLocked = (folder) => existsSync(lockIn(folder));

/** @param {string} file */
function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    // Waiting would not help.
    const { code = '' } = /** @type {NodeJS.ErrnoException} */ (error);
    if (['EACCES', 'EROFS'].includes(code)) throw error;
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
  const file = lockIn(folder);
  mkdirSync(folder, { recursive: true });
  const saying = setTimeout(() => process.stderr.write('Waiting for another set-up in this folder ...\n'), 1_000);
  try {
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
  } finally {
    clearTimeout(saying);
  }
  try {
    return await work(folder);
  } finally {
    rmSync(file, { force: true });
  }
}
