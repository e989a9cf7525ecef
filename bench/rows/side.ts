import { join } from 'node:path';
import type { Load } from '../load/load.ts';
import { startProcess, type BenchProcess } from '../processes/start-process.ts';
import type { CrowdOptions, Person } from '../servers/crowd.ts';
import type { ProcessMeasure } from '../servers/measure-process.ts';
import type { BenchServer } from '../servers/relay-server.ts';

export type SideName = 'product' | 'baseline';

/** One of the two that are compared: a server on one core and the load for it on the other. */
export interface Side {
  name: SideName;
  server: BenchProcess<BenchServer>;
  load: BenchProcess<Load>;
  port: number;
  people: Person[];
}

export interface SideOptions extends CrowdOptions {
  /** Whether devices say what was delivered, as the app does; the relay knows nothing of it. */
  doMark: boolean;
  isCounting?: boolean;
  /** Who connects at once; the others when they are asked to. */
  connected: number;
  profileDir?: string | undefined;
}

const folder = join(import.meta.dirname, '..');
export const serverScripts = {
  product: join(folder, 'servers/parley-server.ts'),
  baseline: join(folder, 'servers/relay-server.ts'),
} as const;
export const loadScript = join(folder, 'load/load.ts');
export const serverCore = 0;
export const loadCore = 1;

export async function startSide(name: SideName, options: SideOptions): Promise<Side> {
  const { doMark, connected, profileDir, ...crowd } = options;
  const profile = profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${join(profileDir, name)}`];
  const server = startProcess<BenchServer>(serverScripts[name], serverCore, ['--expose-gc', ...profile]);
  const load = startProcess<Load>(loadScript, loadCore);
  const { port, people } = await server.ask('start', crowd);
  const side = { name, server, load, port, people };
  await connectSome(side, 0, connected, doMark);
  return side;
}

export async function connectSome(side: Side, from: number, until: number, doMark: boolean): Promise<void> {
  const people = side.people.slice(from, until);
  await side.load.ask('connect', { name: side.name, port: side.port, people, doMark });
}

export async function endSide(side: Side): Promise<void> {
  await side.load.end();
  await side.server.end();
}

/** What `work` costs the server, over all its threads. */
export async function withCpu<T>(
  side: Side,
  work: () => Promise<T>,
): Promise<T & Pick<ProcessMeasure, 'cpuUs' | 'mainCpuUs'>> {
  const before = await side.server.ask('measure', { isCollected: false });
  const done = await work();
  const after = await side.server.ask('measure', { isCollected: false });
  return { ...done, cpuUs: after.cpuUs - before.cpuUs, mainCpuUs: after.mainCpuUs - before.mainCpuUs };
}
