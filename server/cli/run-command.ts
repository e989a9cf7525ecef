import { ConfigError } from '../config/server-config.ts';
import { UsageError, type Command } from './command.ts';

const call = 'npm run parley --';

function overview(commands: Readonly<Record<string, Command>>): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const rows = Object.entries(commands).map(([name, { about }]) => `  ${name.padEnd(width)}  ${about}`);
  return `Usage: ${call} <command>\n\n${rows.join('\n')}\n\n"${call} help <command>" says more about one.`;
}

function helpOn(commands: Readonly<Record<string, Command>>, [name, ...rest]: readonly string[]): string {
  const command = find(commands, name);
  if (name === undefined) return overview(commands);
  if (command === undefined || rest.length > 0)
    throw new UsageError(`There is no command "${name}".\n${overview(commands)}`);
  const { usage, about, details } = command;
  return `Usage: ${[call, name, usage].join(' ').trimEnd()}\n\n${about}\n\n${details}`;
}

function find(commands: Readonly<Record<string, Command>>, name: string | undefined): Command | undefined {
  return name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
}

async function run(
  commands: Readonly<Record<string, Command>>,
  args: readonly string[],
  progress: (line: string) => void,
): Promise<string> {
  const [name, ...rest] = args;
  if (name === undefined) throw new UsageError(overview(commands));
  if (['help', '--help', '-h'].includes(name)) return helpOn(commands, rest);
  const command = find(commands, name);
  if (command === undefined) throw new UsageError(`There is no command "${name}".\n${overview(commands)}`);
  if (rest.includes('--help')) return helpOn(commands, [name]);
  if (command.usage === '' && rest.length > 0) throw new UsageError(`"${name}" takes nothing: ${rest.join(' ')}`);
  return command.run(rest, progress);
}

export interface Outcome {
  exitCode: 0 | 1 | 2;
  out: string;
  error: string;
}

/** Exit code 2: it was asked or configured wrongly; 1: it could not be done. */
export async function runCommand(
  commands: Readonly<Record<string, Command>>,
  args: readonly string[],
  progress: (line: string) => void = () => undefined,
): Promise<Outcome> {
  try {
    return { exitCode: 0, out: `${await run(commands, args, progress)}\n`, error: '' };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof ConfigError) {
      const sentences = error.sentences.map((sentence) => `  - ${sentence}\n`).join('');
      return { exitCode: 2, out: '', error: `This cannot be done (${error.code}):\n${sentences}` };
    }
    return { exitCode: error instanceof UsageError ? 2 : 1, out: '', error: `${message}\n` };
  }
}
