import { spawn, type SpawnOptions } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const projectRoot = dirname(import.meta.dirname);

/** The script that a tool's command stands for, to be run by Node: unlike `.bin`, the same on every platform. */
export function tool(packageName: string, command = packageName): string {
  const folder = join(projectRoot, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    bin: string | Record<string, string>;
  };
  const file = typeof bin === 'string' ? bin : bin[command];
  if (!file) throw new Error(`${packageName} has no command called ${command}`);
  return join(folder, file);
}

export interface CommandResult {
  exitCode: number;
  /** What it wrote; empty where it wrote to the terminal itself. */
  output: string;
}

interface CommandOptions extends SpawnOptions {
  /** Collect the output instead of showing it. */
  captured?: boolean;
}

/** Runs a command in the project's folder. Resolves with any exit code; rejects when it cannot be started. */
export function runCommand(command: string, args: string[], options: CommandOptions = {}): Promise<CommandResult> {
  const { captured = false, ...rest } = options;
  return new Promise((resolve, reject) => {
    const stdio: SpawnOptions['stdio'] = captured ? ['ignore', 'pipe', 'pipe'] : 'inherit';
    const child = spawn(command, args, { cwd: projectRoot, ...rest, stdio });
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ exitCode: code ?? 1, output }));
  });
}

/** The same for a script or tool that this Node runs. */
export function runNode(args: string[], options?: CommandOptions): Promise<CommandResult> {
  return runCommand(process.execPath, args, options);
}
