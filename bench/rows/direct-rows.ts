import type { TableRow } from '../table.ts';
import type { Effort } from './effort.ts';
import { compareBy, inTurn, type Sides } from './in-turn.ts';
import { endSide, startSide, withCpu } from './side.ts';

const goals = { 50: { cpu: 1.8, throughput: 0.55 }, 500: { cpu: undefined, throughput: 0.35 } } as const;

async function start(connections: number, profileDir?: string): Promise<Sides> {
  const options = { people: connections, layout: 'pairs', doMark: true, connected: connections, profileDir } as const;
  return { product: await startSide('product', options), baseline: await startSide('baseline', options) };
}

async function end(sides: Sides): Promise<void> {
  await Promise.all([endSide(sides.product), endSide(sides.baseline)]);
}

/** P1: messages between two, each sender saying the next thing when the last one is durable and acknowledged. */
async function asFastAsItGoes(sides: Sides, connections: 50 | 500, effort: Effort): Promise<TableRow[]> {
  const say = (name: keyof Sides, forMs: number) =>
    withCpu(sides[name], () => sides[name].load.ask('sayAndWait', { name, forMs }));
  const warmUp = async (name: keyof Sides) => {
    const until = performance.now() + effort.warmUpMaxMs;
    for (let said = 0; said < effort.warmUpMessages && performance.now() < until;)
      said += (await say(name, effort.windowMs)).messages;
  };
  await warmUp('product');
  await warmUp('baseline');
  const measured = await inTurn(effort.pairs, (name) => say(name, effort.windowMs));
  const { cpu, throughput } = goals[connections];
  return [
    {
      id: 'P1',
      name: `CPU per 1:1 message, ${connections} connections`,
      unit: 'µs',
      compared: compareBy(measured, ({ cpuUs, messages }) => cpuUs / messages),
      ...(cpu !== undefined && { goal: { bound: 'at-most', value: cpu } }),
    },
    {
      id: 'P1',
      name: 'of it on the main thread',
      unit: 'µs',
      compared: compareBy(measured, ({ mainCpuUs, messages }) => mainCpuUs / messages),
    },
    {
      id: 'P1',
      name: `1:1 messages, ${connections} connections`,
      unit: '/s',
      compared: compareBy(measured, ({ elapsedMs, messages }) => (messages / elapsedMs) * 1000),
      goal: { bound: 'at-least', value: throughput },
    },
  ];
}

/** P3: how long a message takes where there is little to do. */
async function atALeisurelyPace(sides: Sides, effort: Effort): Promise<TableRow[]> {
  const perSecond = 1_000;
  const forMs = effort.windowMs + 500;
  const measured = await inTurn(effort.pairs, (name) => sides[name].load.ask('sayEvenly', { name, perSecond, forMs }));
  const name = (which: string) => `sent to delivered, ${which}, 1000/s, 500 connections`;
  return [
    {
      id: 'P3',
      name: name('p50'),
      unit: 'ms',
      compared: compareBy(measured, ({ p50Ms }) => p50Ms),
      goal: { bound: 'at-most', value: 3.5 },
    },
    {
      id: 'P3',
      name: name('p99'),
      unit: 'ms',
      compared: compareBy(measured, ({ p99Ms }) => p99Ms),
      goal: { bound: 'at-most', value: 3 },
    },
  ];
}

export async function fewConnections(effort: Effort): Promise<TableRow[]> {
  const sides = await start(50, effort.profileDir);
  const rows = await asFastAsItGoes(sides, 50, effort);
  await end(sides);
  return rows;
}

export async function manyConnections(effort: Effort): Promise<TableRow[]> {
  const sides = await start(500);
  const rows = [...(await asFastAsItGoes(sides, 500, effort)), ...(await atALeisurelyPace(sides, effort))];
  await end(sides);
  return rows;
}
