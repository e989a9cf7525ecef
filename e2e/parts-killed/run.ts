// Kills every part of a server of three processes, MongoDB, Redis and nginx in turn while people talk, and prints what came of it.
// Usage: npm run node -- e2e/parts-killed/run.ts [--engines 200] [--times 2] [--per-second 40] [--only <part>]
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { killParts, type Row } from './kill-parts.ts';
import { startParts } from './parts.ts';

const { values } = parseArgs({
  options: {
    engines: { type: 'string', default: '200' },
    times: { type: 'string', default: '2' },
    'per-second': { type: 'string', default: '40' },
    only: { type: 'string' },
  },
});
const { only } = values;
const load = () =>
  loadavg()
    .map((average) => average.toFixed(1))
    .join(' ');

const headings: Record<keyof Row, string> = {
  part: 'part killed',
  times: 'times',
  acknowledged: 'acknowledged',
  lost: 'lost',
  duplicated: 'duplicated',
  reordered: 'reordered',
  heardAfterRemoval: 'heard after removal',
  late: 'late',
  longestMs: 'longest until everybody had it',
};
const columns = Object.keys(headings) as (keyof Row)[];
const lineOf = (cells: readonly unknown[]) => `| ${cells.join(' | ')} |`;
const cellOf = (row: Row, column: keyof Row) =>
  column === 'longestMs' ? `${(row.longestMs / 1_000).toFixed(1)} s` : row[column];

const parts = await startParts();
if ('missing' in parts) {
  console.error(parts.missing);
  process.exit(1);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void parts.stop().finally(() => process.exit(1)));
try {
  console.log(`Load averages at the beginning: ${load()}`);
  const chosen = parts.all.filter(({ name }) => only === undefined || name.includes(only));
  const failing = Array.from({ length: Number(values.times) }, () => chosen).flat();
  const effort = { beforeMs: 2_000, downMs: 3_000, afterMs: 4_000, settleMs: 120_000 };
  const { rows, findings } = await killParts(
    parts,
    { ...effort, engines: Number(values.engines), failing, messagesPerSecond: Number(values['per-second']) },
    console.log,
  );
  console.log(`Load averages at the end: ${load()}\n`);
  console.log(lineOf(columns.map((column) => headings[column])));
  console.log(lineOf(columns.map((column) => (column === 'part' ? '---' : '---:'))));
  for (const row of rows) console.log(lineOf(columns.map((column) => cellOf(row, column))));
  for (const { wrong, phase, what } of findings.slice(0, 50)) console.log(`${wrong} in ${phase}: ${what}`);
  if (findings.length > 0) process.exitCode = 1;
} finally {
  await parts.stop();
}
