import type { CountRow, TableRow } from '../table.ts';
import type { Effort } from './effort.ts';
import { compareBy, inTurn } from './in-turn.ts';
import { connectSome, endSide, startSide, type SideName } from './side.ts';

/** Long enough for what a connection starts to have come to its end: presence is gathered over five seconds. */
const quietMs = 1_500;
const goalKiB = 24;

async function residentBytes(side: Awaited<ReturnType<typeof startSide>>): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, quietMs));
  const { rssBytes } = await side.server.ask('measure', { isCollected: true });
  return rssBytes;
}

/**
 * What the later three quarters of all connections add to the process, which leaves out what comes once: compiled code, the caches, the
 * young generation.
 */
async function kibPerConnection(name: SideName, connections: number): Promise<number> {
  const first = connections / 4;
  const side = await startSide(name, { people: connections, layout: 'pairs', doMark: true, connected: first });
  const before = await residentBytes(side);
  await connectSome(side, first, connections, true);
  const after = await residentBytes(side);
  await endSide(side);
  return (after - before) / (connections - first) / 1024;
}

/** P4: the size of a connection that says nothing; each person has one conversation. */
export async function idleConnections(effort: Effort): Promise<(TableRow | CountRow)[]> {
  const { idleConnections: connections, idlePairs } = effort;
  const measured = await inTurn(idlePairs, (name) => kibPerConnection(name, connections));
  const compared = compareBy(measured, (kib) => kib);
  const name = `memory per idle connection, ${connections} connections`;
  return [
    { id: 'P4', name, unit: 'KiB', compared },
    { id: 'P4', name, unit: 'KiB', value: compared.product, goal: { bound: 'at-most', value: goalKiB } },
  ];
}
