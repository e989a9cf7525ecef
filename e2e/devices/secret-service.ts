import { runCommand } from '../../scripts/run-command.ts';

export interface Secret {
  account: string;
  secret: string;
}

/** What a Secret Service holds for Parley, as a tool tells that has nothing to do with it. */
export async function secretsOf(environment: Record<string, string>): Promise<Secret[]> {
  const args = ['search', '--all', '--unlock', 'service', 'Parley'];
  const { output } = await runCommand('secret-tool', args, {
    captured: true,
    env: { PATH: process.env['PATH'], ...environment },
  });
  // Attributes and secrets come over different streams, each in the order of the items.
  const all = (pattern: RegExp) => [...output.matchAll(pattern)].map(([, value = '']) => value);
  const accounts = all(/^attribute\.account = (.*)$/gm);
  return all(/^secret = (.*)$/gm).map((secret, at) => ({ account: accounts[at] ?? '', secret }));
}

export async function clearSecret(environment: Record<string, string>, account: string): Promise<void> {
  const args = ['clear', 'service', 'Parley', 'account', account];
  const { exitCode, output } = await runCommand('secret-tool', args, {
    captured: true,
    env: { PATH: process.env['PATH'], ...environment },
  });
  if (exitCode !== 0) throw new Error(`secret-tool could not clear it: ${output}`);
}
