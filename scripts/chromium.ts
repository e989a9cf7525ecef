import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { installDebianPackages, isDebianAsRoot } from './debian-packages.ts';
import { findOnPath, isExecutable } from './find-on-path.ts';

const commandNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];

const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  join(process.env['PROGRAMFILES'] ?? '', 'Google/Chrome/Application/chrome.exe'),
  join(process.env['PROGRAMFILES(X86)'] ?? '', 'Microsoft/Edge/Application/msedge.exe'),
];

/** The browser for the tests: the one that was named, Playwright's own, or the system's. */
export function findChromium(): string | undefined {
  const named = process.env['PARLEY_CHROMIUM'];
  if (named) return named;
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  return commandNames.map(findOnPath).find((found) => found !== undefined) ?? usualPlaces.find(isExecutable);
}

/** Finds a browser or installs one where that is possible without asking. */
export async function ensureChromium(): Promise<string> {
  const present = findChromium();
  if (present) return present;
  if (isDebianAsRoot()) {
    console.log('No Chromium found. Installing the one of Debian ...');
    await installDebianPackages('chromium', 'fonts-dejavu-core');
  }
  const installed = findChromium();
  if (installed) return installed;
  throw new Error(
    'The end-to-end tests need Chromium. Run "npx playwright install chromium", ' +
      'install Chromium or Chrome, or name one in PARLEY_CHROMIUM.',
  );
}
