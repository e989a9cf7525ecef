// The command line: npm run parley -- <command>
import { commands } from './commands.ts';
import { runCommand } from './run-command.ts';

const { exitCode, out, error } = await runCommand(
  commands,
  process.argv.slice(2),
  (line) => void process.stderr.write(`${line}\n`),
);
process.stdout.write(out);
process.stderr.write(error);
process.exitCode = exitCode;
