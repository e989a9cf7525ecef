import { sign, type KeyObject } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Puts the signature of every list of updates beside it, where the app looks for it. Returns the lists. */
export function signFeed(folder: string, signingKey: KeyObject): string[] {
  const lists = globSync('*.yml', { cwd: folder }).filter((file) => !file.startsWith('builder-'));
  for (const list of lists) {
    const signature = sign(null, readFileSync(join(folder, list)), signingKey);
    writeFileSync(join(folder, `${list}.sig`), signature.toString('base64'));
  }
  return lists;
}
