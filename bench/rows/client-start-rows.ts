import type { Desk } from '../client/desk.ts';
import { scrollBack } from '../client/scroll-back.ts';
import type { TableRow } from '../table.ts';
import type { Effort } from './effort.ts';
import { compareBy, inTurn } from './in-turn.ts';

const many = 100_000;
const few = 1_000;

interface Start {
  paintedMs: number;
  keptKib: number;
}

export interface KeptProfiles {
  many: string;
  few: string;
}

export async function seedProfiles(desk: Desk): Promise<KeptProfiles> {
  const seed = (messages: number) => desk.makeProfile('scripts/seed-profile.ts', String(messages));
  return { many: await seed(many), few: await seed(few) };
}

/** K1 and K3: starting without a network, on what is kept. */
export async function startRows(desk: Desk, kept: KeptProfiles, effort: Effort): Promise<TableRow[]> {
  const profiles = { ...kept, blank: desk.newFolder() };
  const start = async (which: keyof typeof profiles): Promise<Start> => {
    const shell = await desk.start(which === 'blank' ? 'blank' : 'parley', profiles[which]);
    const measured = { paintedMs: shell.paintedAfterMs, keptKib: await shell.keptKib() };
    await shell.end();
    return measured;
  };
  // What is read from the disk for the first time.
  await start('few');
  await start('blank');
  const withBlank = await inTurn(effort.startPairs, (side) => start(side === 'product' ? 'many' : 'blank'));
  const withFew = await inTurn(effort.startPairs, (side) => start(side === 'product' ? 'many' : 'few'));
  return [
    {
      id: 'K1',
      name: `start to conversations painted, ${many} cached, to a blank window`,
      unit: 'ms',
      compared: compareBy(withBlank, ({ paintedMs }) => paintedMs),
      goal: { bound: 'at-most', value: 1.5 },
    },
    {
      id: 'K1',
      name: `start to conversations painted, ${many} cached, to ${few}`,
      unit: 'ms',
      compared: compareBy(withFew, ({ paintedMs }) => paintedMs),
      goal: { bound: 'at-most', value: 1.1 },
    },
    {
      id: 'K3',
      name: `memory of all processes, ${many} cached, to a blank window`,
      unit: 'MiB',
      compared: compareBy(withBlank, ({ keptKib }) => keptKib / 1024),
      goal: { bound: 'at-most', value: 1.35 },
    },
    await scrolledRow(desk, profiles.many, effort.scrolledMessages),
  ];
}

/** One pair: before and after in the same processes differ by what scrolling leaves behind, and by little else. */
async function scrolledRow(desk: Desk, profile: string, scrolledMessages: number): Promise<TableRow> {
  const shell = await desk.start('parley', profile);
  const before = await shell.keptKib();
  await shell.page.locator('[data-row]').first().click();
  const scrolled = await scrollBack(shell.page, scrolledMessages);
  const after = await shell.keptKib();
  await shell.end();
  return {
    id: 'K3',
    name: `memory after scrolling back ${scrolled}, to before`,
    unit: 'MiB',
    compared: compareBy([{ product: after, baseline: before }], (kib) => kib / 1024),
    goal: { bound: 'at-most', value: 1.15 },
  };
}
