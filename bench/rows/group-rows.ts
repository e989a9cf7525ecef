import { setTimeout as sleep } from 'node:timers/promises';
import type { CountRow, TableRow } from '../table.ts';
import type { Effort } from './effort.ts';
import { compareBy, inTurn, type Sides } from './in-turn.ts';
import { endSide, startSide, withCpu, type Side } from './side.ts';

const members = 1_000;
/** `BEGIN`, `COMMIT`, and the answer. */
const stepsBesideRows = 3;

/** What was written once nothing more is: what the journal has is in the tables then. */
async function countWritesAtRest({ server }: Side): Promise<number> {
  let [before, count] = [-1, 0];
  while (count !== before) {
    before = count;
    await sleep(300);
    count = await server.ask('countWrites', undefined);
  }
  return count;
}

/** P6: one message to a thousand people who are there. */
export async function largeGroup(effort: Effort): Promise<(TableRow | CountRow)[]> {
  // Without markers: what a thousand devices say afterwards is gathered, and is no part of a delivery.
  const options = { people: members, layout: 'group', doMark: false, isCounting: true, connected: members } as const;
  const sides: Sides = {
    product: await startSide('product', { ...options, profileDir: effort.profileDir }),
    baseline: await startSide('baseline', options),
  };
  const say = (name: keyof Sides, messages: number) =>
    withCpu(sides[name], () => sides[name].load.ask('sayToAll', { name, messages }));
  await say('product', effort.messagesToAll);
  await say('baseline', effort.messagesToAll);
  const measured = await inTurn(effort.pairs, (name) => say(name, effort.messagesToAll));
  const before = await countWritesAtRest(sides.product);
  const { messages } = await say('product', 10);
  const after = await countWritesAtRest(sides.product);
  await Promise.all([endSide(sides.product), endSide(sides.baseline)]);
  return [
    {
      id: 'P6',
      name: `CPU per delivery, group of ${members}`,
      unit: 'µs',
      compared: compareBy(measured, ({ cpuUs, deliveries }) => cpuUs / deliveries),
      goal: { bound: 'at-most', value: 1.3 },
    },
    {
      id: 'P6',
      name: `last delivery, group of ${members}`,
      unit: 'ms',
      compared: compareBy(measured, ({ lastDeliveryMs }) => lastDeliveryMs),
      goal: { bound: 'at-most', value: 1.3 },
    },
    {
      id: 'P6',
      name: `rows written per message, group of ${members}`,
      unit: 'rows',
      value: (after - before) / messages - stepsBesideRows,
      goal: { bound: 'at-most', value: 3 },
    },
  ];
}
