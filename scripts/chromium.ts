import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import { runCommand } from './run-command.ts';

const commandNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];

const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  join(process.env['PROGRAMFILES'] ?? '', 'Google/Chrome/Application/chrome.exe'),
  join(process.env['PROGRAMFILES(X86)'] ?? '', 'Microsoft/Edge/Application/msedge.exe'),
];

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The browser for the tests: the one that was named, Playwright's own, or the system's. */
export function findChromium(): string | undefined {
  const named = process.env['PARLEY_CHROMIUM'];
  if (named) return named;
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const onPath = commandNames.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...usualPlaces].find(isExecutable);
}

function isDebianAsRoot(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && !isUbuntu();
}

/** Ubuntu's `chromium` package is a stub that fetches a snap. */
function isUbuntu(): boolean {
  return existsSync('/etc/os-release') && /^ID=ubuntu$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

async function installDebianChromium(): Promise<void> {
  console.log('No Chromium found. Installing the one of Debian ...');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // A package list that is older or incomplete may still know Chromium, so only the install decides.
  await runCommand('apt-get', ['update', '-qq'], { captured: true, env });
  const args = ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'];
  const { exitCode, output } = await runCommand('apt-get', args, { captured: true, env });
  if (exitCode !== 0) throw new Error(`apt-get could not install chromium:\n${output.slice(-2000)}`);
}

/** Finds a browser or installs one where that is possible without asking. */
export async function ensureChromium(): Promise<string> {
  const present = findChromium();
  if (present) return present;
  if (isDebianAsRoot()) await installDebianChromium();
  const installed = findChromium();
  if (installed) return installed;
  throw new Error(
    'The end-to-end tests need Chromium. Run "npx playwright install chromium", ' +
      'install Chromium or Chrome, or name one in PARLEY_CHROMIUM.',
  );
}
