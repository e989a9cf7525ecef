// Everything a release depends on. The last line is the sum of all runners.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from './chromium.ts';
import { buildBrowserApp } from './browser-build.ts';
import { buildDesktopApp } from './desktop-build.ts';
import { projectRoot, runNode, tool } from './run-command.ts';
import { ensureSecretService } from './secret-service.ts';
import { add, isGreen, nothingRan, playwrightTally, summaryLine, vitestTally, type Tally } from './test-report.ts';

const results = join(projectRoot, 'test-results');

function announce(step: string): void {
  console.log(`\n== ${step}`);
}

/** What cannot be had fails the end-to-end tests below; here what needs it is skipped, and says why. */
async function isThere(ensure: () => Promise<unknown>): Promise<boolean> {
  try {
    await ensure();
    return true;
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
    return false;
  }
}

/** With a Secret Service at hand the tests of the keychain have to run. */
async function bringHelpers(): Promise<NodeJS.ProcessEnv> {
  await isThere(ensureChromium);
  const hasKeychain = process.platform === 'linux' && (await isThere(ensureSecretService));
  return hasKeychain ? { PARLEY_TEST_KEYCHAIN: 'required' } : {};
}

async function runUnitTests(): Promise<Tally> {
  const report = join(results, 'unit.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const env = { ...process.env, ...(await bringHelpers()) };
  const { exitCode } = await runNode([tool('vitest'), 'run', ...reporters], { env });
  return vitestTally(report, exitCode);
}

async function runEndToEndTests(chromium: string): Promise<Tally> {
  const report = join(results, 'e2e.json');
  const args = ['test', '--config=e2e/playwright.config.ts', '--reporter=list,json'];
  const env = { ...process.env, PARLEY_CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const { exitCode } = await runNode([tool('@playwright/test', 'playwright'), ...args], { env });
  const tally = playwrightTally(report, exitCode);
  if (tally.failed > 0) console.log('\nTraces and screenshots of what failed: test-results/e2e/');
  return tally;
}

/** A step that cannot even start is a failure like any other; the rest still runs. */
async function attempt(step: string, work: () => Promise<Tally>): Promise<Tally> {
  announce(step);
  try {
    return await work();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { ...nothingRan, failed: 1 };
  }
}

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const unit = await attempt('Unit and integration tests', runUnitTests);
const endToEnd = await attempt('End-to-end tests in Chromium', async () => {
  const chromium = await ensureChromium();
  await ensureSecretService();
  await buildBrowserApp();
  await buildDesktopApp();
  return runEndToEndTests(chromium);
});

const total = add(unit, endToEnd);
process.exitCode = isGreen(total) ? 0 : 1;
console.log(`\n${summaryLine(total)}`);
