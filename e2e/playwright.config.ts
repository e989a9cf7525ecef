import { defineConfig, devices } from '@playwright/test';
import { findChromium } from '../scripts/chromium.ts';
import type { PlaceOptions } from './parley-test.ts';
import { onlyPage } from './tags.ts';

const executablePath = findChromium();

/** What people do with each other, wherever they are. */
const onBothBuilds = ['bad-input', 'group', 'offline', 'server-killed', 'two-people'].map((name) => `${name}.spec.ts`);
const onlyDesktop = ['**/desktop/*.spec.ts', '**/electron-host/*.spec.ts'];

export default defineConfig<PlaceOptions>({
  testDir: '.',
  globalSetup: './say-driver.ts',
  outputDir: '../test-results/e2e',
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  projects: [
    { name: 'browser', testIgnore: onlyDesktop },
    {
      name: 'desktop',
      testMatch: [...onBothBuilds, ...onlyDesktop],
      grepInvert: new RegExp(onlyPage),
      use: { place: 'desktop' },
    },
  ],
  use: {
    ...devices['Desktop Chrome'],
    locale: 'en-US',
    // The pictures of every moment would cost more than the tests; the pages themselves are in the trace.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
});
