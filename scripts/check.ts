// What must hold before a change is shown to anybody. Runs every step even after one failed, so that one run tells all.
import { availableParallelism } from 'node:os';
import { projectRoot, runNode, tool } from './run-command.ts';

interface Step {
  name: string;
  args: string[];
}

// A second checker would check anew most of what the first one has.
const typesArgs = ['-b', '--pretty', '--checkers', '1', '--builders', String(availableParallelism())];

/** Side by side, as tests wait now and then; within a lane one after the other. */
const lanes: Step[][] = [
  [{ name: 'tests', args: [tool('vitest'), 'run', '--exclude=**/*.integration.test.ts', '--reporter=dot'] }],
  [
    { name: 'format', args: [tool('oxfmt'), '--check', '.'] },
    { name: 'layers', args: ['scripts/layers.ts'] },
    { name: 'unused', args: [tool('knip'), '--no-progress'] },
    { name: 'lint', args: [tool('oxlint')] },
    { name: 'types', args: [tool('typescript', 'tsc'), ...typesArgs] },
  ],
];

async function passes({ name, args }: Step): Promise<boolean> {
  const started = performance.now();
  const { exitCode, output } = await runNode(args, { captured: true, cwd: projectRoot });
  const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(5);
  console.log(`${name.padEnd(8)} ${exitCode === 0 ? 'ok    ' : 'FAILED'} ${seconds} s`);
  if (exitCode !== 0) console.log(`\n${output.trim()}\n`);
  return exitCode === 0;
}

const failed: string[] = [];

async function run(lane: Step[]): Promise<void> {
  for (const step of lane) {
    if (!(await passes(step))) failed.push(step.name);
  }
}

console.log(`Checking ${lanes.flatMap((lane) => lane.map(({ name }) => name)).join(', ')} ...`);
await Promise.all(lanes.map(run));

if (failed.includes('format')) console.log('"npm run format" puts the format right.');
console.log(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
