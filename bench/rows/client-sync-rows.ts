import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { median } from '../arithmetic.ts';
import { type AwayWorld, missedMessages, seedAwayWorld } from '../client/away-world.ts';
import type { Desk } from '../client/desk.ts';
import { type MainWatch, watchName } from '../client/main-watch.ts';
import { writtenBytes } from '../client/process-tree.ts';
import type { Shell } from '../client/shell.ts';
import type { CountRow } from '../table.ts';
import type { Effort } from './effort.ts';

const watcher = pathToFileURL(join(import.meta.dirname, '..', 'client', 'watch-main.ts')).href;
const maxAwayMs = 60_000;
/** After everything has come: profiles, markers and where the window stands are on the disk by then. */
const restMs = 10_000;

async function startAndCatchUp(desk: Desk, { profile }: AwayWorld): Promise<{ shell: Shell; watch: MainWatch }> {
  const shell = await desk.start('parley', await desk.copyOf(profile), { NODE_OPTIONS: `--import=${watcher}` });
  const readWatch = () =>
    shell.app.evaluate((_electron, name) => (globalThis as unknown as Record<string, MainWatch>)[name], watchName);
  const deadline = performance.now() + maxAwayMs;
  let watch = await readWatch();
  while (watch === undefined || watch.messages < missedMessages) {
    if (performance.now() > deadline) throw new Error(`Only ${watch?.messages ?? 0} messages have come`);
    await sleep(250);
    watch = await readWatch();
  }
  return { shell, watch };
}

/** K4: what was missed comes in. K6: then nothing happens. */
export async function syncRows(desk: Desk, effort: Effort): Promise<CountRow[]> {
  const world = await seedAwayWorld(desk);
  const watches: MainWatch[] = [];
  let quietBytes = 0;
  for (let run = 1; run <= effort.catchUps; run += 1) {
    const { shell, watch } = await startAndCatchUp(desk, world);
    watches.push(watch);
    if (run === effort.catchUps) quietBytes = await writtenWhileQuiet(shell, effort.quietMs);
    await shell.end();
  }
  await world.server.discard();
  return [
    {
      id: 'K4',
      name: `messages into the store, ${missedMessages} missed`,
      unit: '/s',
      value: median(
        watches.map(({ messages, connectedAt, durableAt }) => (messages / (durableAt - connectedAt)) * 1000),
      ),
      goal: { bound: 'at-least', value: 5_000 },
    },
    {
      id: 'K4',
      name: 'main loop meanwhile, p99',
      unit: 'ms',
      value: median(watches.map(({ loopP99Ms }) => loopP99Ms)),
      goal: { bound: 'at-most', value: 10 },
    },
    {
      id: 'K4',
      name: 'of it the main thread’s own time, p99',
      unit: 'ms',
      value: median(watches.map(({ ownP99Ms }) => ownP99Ms)),
    },
    {
      id: 'K6',
      name: `written to the disk in ${effort.quietMs / 1000} s of quiet`,
      unit: 'bytes',
      value: quietBytes,
      goal: { bound: 'at-most', value: 0 },
    },
  ];
}

async function writtenWhileQuiet(shell: Shell, quietMs: number): Promise<number> {
  await sleep(restMs);
  const processes = await shell.mainProcesses();
  const before = await writtenBytes(processes);
  await sleep(quietMs);
  return (await writtenBytes(processes)) - before;
}
