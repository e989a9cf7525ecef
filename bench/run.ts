// Compares the server with a bare Socket.IO relay and the desktop app with a blank window, in turn, and prints one table with the goals
// beside it.
// Usage: npm run bench -- [--quick] [--only direct|many|group|idle|databases|client] [--idle <connections>] [--quiet <seconds>] [--profile <folder>]
import { parseArgs } from 'node:util';
import { machineFacts } from './machine-facts.ts';
import { databases } from './rows/database-rows.ts';
import { desktopApp } from './rows/client-rows.ts';
import { fewConnections, manyConnections } from './rows/direct-rows.ts';
import type { Effort } from './rows/effort.ts';
import { largeGroup } from './rows/group-rows.ts';
import { idleConnections } from './rows/idle-rows.ts';
import { renderTable } from './table.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    idle: { type: 'string', default: '2000' },
    quiet: { type: 'string', default: '60' },
    profile: { type: 'string' },
  },
});

const serverEffort = values.quick
  ? { pairs: 3, windowMs: 1_500, warmUpMessages: 20_000, warmUpMaxMs: 4_000, idlePairs: 1, messagesToAll: 60 }
  : { pairs: 7, windowMs: 2_000, warmUpMessages: 60_000, warmUpMaxMs: 8_000, idlePairs: 3, messagesToAll: 100 };
const clientEffort = values.quick
  ? { startPairs: 3, scrolledMessages: 10_000, writtenMessages: 100, catchUps: 1 }
  : { startPairs: 7, scrolledMessages: 100_000, writtenMessages: 300, catchUps: 3 };
const effort: Effort = {
  ...serverEffort,
  ...clientEffort,
  quietMs: Number(values.quiet) * 1000,
  idleConnections: Number(values.idle),
  profileDir: values.profile,
};

const parts = {
  direct: fewConnections,
  many: manyConnections,
  group: largeGroup,
  idle: idleConnections,
  databases,
  client: desktopApp,
};

const begun = performance.now();
for (const fact of machineFacts()) console.log(fact);
const rows = [];
for (const [name, measure] of Object.entries(parts)) {
  if (values.only !== undefined && !values.only.includes(name)) continue;
  const partBegun = performance.now();
  rows.push(...(await measure(effort)));
  console.log(`${name}: ${((performance.now() - partBegun) / 1000).toFixed(0)} s`);
}
console.log(`\n${renderTable(rows)}\n`);
console.log(`${effort.pairs} pairs, ${((performance.now() - begun) / 1000).toFixed(0)} s in all.`);
console.log('Where neighbours are busy, trust CPU per operation and counts; times and throughput are theirs too.');
