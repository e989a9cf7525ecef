import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';

export interface FirstWindow {
  title: string;
  url: string;
  userAgent: string;
  tookMs: number;
}

const patienceMs = 30_000;

async function shown(page: Page): Promise<Omit<FirstWindow, 'tookMs'>> {
  await page.waitForFunction('document.body.innerText.trim() !== ""', undefined, { timeout: patienceMs });
  return { title: await page.title(), url: page.url(), userAgent: await page.evaluate('navigator.userAgent') };
}

/**
 * Starts the app with a profile of its own, waits until its first window shows words, and ends it. Over Chromium's own
 * debugging port: a packed app answers Node's no more.
 */
export async function openFirstWindow(program: string, words: string[]): Promise<FirstWindow> {
  const profile = mkdtempSync(join(tmpdir(), 'parley-smoke-'));
  const startedAt = performance.now();
  const options = ['--remote-debugging-port=0', `--user-data-dir=${profile}`];
  const app = spawn(program, [...words, ...options], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise<void>((resolve) => app.once('close', () => resolve()).once('error', () => resolve()));
  let said = '';
  try {
    const address = await new Promise<string>((resolve, reject) => {
      const giveUp = (reason: string) => reject(new Error(`${reason}\n${said}`.trim()));
      setTimeout(giveUp, patienceMs, 'It opened no debugging port.').unref();
      app.once('error', ({ message }) => giveUp(message));
      app.once('exit', () => giveUp('It ended before it showed a window.'));
      app.stderr.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const [, found] = /DevTools listening on (ws:\S+)/.exec(said) ?? [];
        if (found) resolve(found);
      });
    });
    const browser = await chromium.connectOverCDP(address);
    const [context] = browser.contexts();
    if (!context) throw new Error('It has no window.');
    const page = context.pages()[0] ?? (await context.waitForEvent('page', { timeout: patienceMs }));
    const window = await shown(page);
    return { ...window, tookMs: performance.now() - startedAt };
  } finally {
    app.kill();
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
