import { existsSync, readFileSync } from 'node:fs';
import { runCommand } from './run-command.ts';

/** Where packages can be installed without asking anybody. */
export function isDebianAsRoot(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && !isUbuntu();
}

/** Ubuntu's `chromium` package is a stub that fetches a snap. */
function isUbuntu(): boolean {
  return existsSync('/etc/os-release') && /^ID=ubuntu$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

export async function installDebianPackages(...names: string[]): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // A package list that is older or incomplete may still know them, so only the install decides.
  await runCommand('apt-get', ['update', '-qq'], { captured: true, env });
  const args = ['install', '-y', '-qq', '--no-install-recommends', ...names];
  const { exitCode, output } = await runCommand('apt-get', args, { captured: true, env });
  if (exitCode !== 0) throw new Error(`apt-get could not install ${names.join(', ')}:\n${output.slice(-2000)}`);
}
