import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, chromium, type Page } from '@playwright/test';
import { StandIn } from '../../e2e/electron-host/driver/stand-in.ts';
import { findChromium } from '../../scripts/chromium.ts';
import { memoryKib, treeOf } from './process-tree.ts';

export type ShellKind = 'parley' | 'blank';

export interface ShellOptions {
  kind: ShellKind;
  profile: string;
  environment: Record<string, string>;
}

/** What is on the screen when there is something to see. */
const firstSight = { parley: 'ul[aria-label=Conversations] [data-row]', blank: 'main' };
/** What starting begins is over by then. */
const settleMs = 2_000;
const blankApp = join(import.meta.dirname, 'blank-app.ts');

/** An app in a shell that was started for it alone: Chromium, and the process that is Electron's main one. */
export class Shell {
  readonly app: StandIn;
  readonly page: Page;
  /** From starting the first process until what it shows is painted. */
  readonly paintedAfterMs: number;
  readonly #browser: Browser;

  private constructor(browser: Browser, app: StandIn, page: Page, paintedAfterMs: number) {
    this.#browser = browser;
    this.app = app;
    this.page = page;
    this.paintedAfterMs = paintedAfterMs;
  }

  static async start({ profile, kind, environment }: ShellOptions): Promise<Shell> {
    const executablePath = findChromium();
    const begunAt = Date.now();
    const browser = await chromium.launch({
      ...(executablePath !== undefined && { executablePath }),
      args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
    const bundle = kind === 'blank' ? { bundle: blankApp } : {};
    const app = await StandIn.start(browser, { profile, environment, ...bundle }, { locale: 'en-US' });
    const page = await app.firstPage();
    // Before that it shows about:blank, which is not its own.
    await page.waitForURL(/\.invalid\//, { waitUntil: 'commit' });
    const paintedAt = await page.evaluate(watchUntilPainted, firstSight[kind]);
    return new Shell(browser, app, page, paintedAt - begunAt);
  }

  /** Chromium and the app, with all that they have started. */
  async processes(): Promise<number[]> {
    const control = await this.#browser.newBrowserCDPSession();
    const { processInfo } = await control.send('SystemInfo.getProcessInfo');
    await control.detach();
    const browserPid = processInfo.find(({ type }) => type === 'browser')?.id ?? 0;
    return [...(await this.mainProcesses()), ...(await treeOf(browserPid))];
  }

  /** Of these the app's own. */
  async mainProcesses(): Promise<number[]> {
    return treeOf(await this.app.evaluate(() => process.pid));
  }

  /** What all of it holds once nothing is left to be collected. */
  async keptKib(): Promise<number> {
    await sleep(settleMs);
    const control = await this.page.context().newCDPSession(this.page);
    await control.send('HeapProfiler.collectGarbage');
    await control.detach();
    await this.app.evaluate(collectGarbage);
    return memoryKib(await this.processes());
  }

  async end(): Promise<void> {
    await this.app.quit();
    await this.#browser.close();
  }
}

/** Runs in the app's main process: gives back to the system what an ordinary collection keeps for later, too. */
function collectGarbage(): void {
  process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc');
  const collect = process.getBuiltinModule('node:vm').runInNewContext('gc') as (options: object) => void;
  // The second one takes what finalizers of the first have let go.
  for (let round = 0; round < 2; round += 1) collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}

/** Runs in the page. Answers when the frame after the one with `selector` in it has begun, in milliseconds since 1970. */
async function watchUntilPainted(selector: string): Promise<number> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  while (document.querySelector(selector) === null) await frame();
  await frame();
  await frame();
  return performance.timeOrigin + performance.now();
}
