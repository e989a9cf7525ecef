import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Nothing of a process that has ended meanwhile. */
async function readOf(pid: number, file: string): Promise<string> {
  return readFile(join('/proc', String(pid), file), 'utf8').catch(() => '');
}

async function childrenOf(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = await Promise.all(threads.map((thread) => readOf(pid, join('task', thread, 'children'))));
  return lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
}

/** A process with all that it has started, and they have started. */
export async function treeOf(pid: number): Promise<number[]> {
  const below = await Promise.all((await childrenOf(pid)).map(treeOf));
  return [pid, ...below.flat()];
}

/** The number behind a name in one of the kernel's lists, as `Pss:  12 kB`; 0 where it is not in there. */
export function fieldOf(list: string, name: string): number {
  const line = list.split('\n').find((candidate) => candidate.startsWith(`${name}:`)) ?? '';
  return Number(/\d+/.exec(line.slice(name.length))?.[0] ?? 0);
}

async function sumOf(pids: readonly number[], file: string, name: string): Promise<number> {
  const lists = await Promise.all(pids.map((pid) => readOf(pid, file)));
  return lists.reduce((sum, list) => sum + fieldOf(list, name), 0);
}

/** Proportional set size: what several processes share is counted once. */
export async function memoryKib(pids: readonly number[]): Promise<number> {
  return sumOf(pids, 'smaps_rollup', 'Pss');
}

/** What they have made the kernel write to a disk so far. */
export async function writtenBytes(pids: readonly number[]): Promise<number> {
  return sumOf(pids, 'io', 'write_bytes');
}
