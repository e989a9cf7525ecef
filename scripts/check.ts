// What must hold before a change is shown to anybody. Runs every step even after one failed, so that one run tells all.
import { projectRoot, runNode, tool } from './run-command.ts';

interface Step {
  name: string;
  args: string[];
}

const steps: Step[] = [
  { name: 'types', args: [tool('typescript', 'tsc'), '-b', '--pretty'] },
  { name: 'format', args: [tool('oxfmt'), '--check', '.'] },
  { name: 'lint', args: [tool('oxlint')] },
  { name: 'layers', args: ['scripts/layers.ts'] },
  { name: 'unused', args: [tool('knip'), '--no-progress'] },
  {
    name: 'tests',
    args: [tool('vitest'), 'run', '--exclude=**/*.integration.test.ts', '--reporter=dot'],
  },
];

async function passes({ name, args }: Step): Promise<boolean> {
  const started = performance.now();
  process.stdout.write(`${name.padEnd(8)} `);
  const { exitCode, output } = await runNode(args, { captured: true, cwd: projectRoot });
  const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(5);
  console.log(`${exitCode === 0 ? 'ok    ' : 'FAILED'} ${seconds} s`);
  if (exitCode !== 0) console.log(`\n${output.trim()}\n`);
  return exitCode === 0;
}

const failed: string[] = [];
for (const step of steps) {
  if (!(await passes(step))) failed.push(step.name);
}

if (failed.includes('format')) console.log('"npm run format" puts the format right.');
console.log(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
