import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { build, preview, type PreviewServer } from 'vite';
import type { LongThreadEngine } from '@parley/desktop/renderer/features/thread/testing/long-thread-engine.ts';

/** A thread of 100,000 messages over an engine in the page: what is in the document, and what stays where it is. */
declare global {
  interface Window {
    engine: LongThreadEngine;
    watch: { key: string; tops: number[]; frameMs: number[]; elementsMax: number; stop: () => void };
  }
}

const root = join(import.meta.dirname, '..', 'desktop', 'renderer');
const page100k = 'features/thread/testing/long-thread.html';
const elementsMax = 1500;
const driftMax = 1;

let outDir: string;
let server: PreviewServer;
let address: string;

test.beforeAll(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'parley-thread-'));
  const plugins = [react(), tailwindcss()];
  const output = { outDir, emptyOutDir: true, rolldownOptions: { input: join(root, page100k) } };
  await build({ configFile: false, logLevel: 'error', root, plugins, build: output });
  server = await preview({ configFile: false, root, build: { outDir }, preview: { port: 0 } });
  address = new URL(page100k, server.resolvedUrls?.local[0]).href;
});
test.afterAll(async () => {
  await server.close();
  await rm(outDir, { recursive: true });
});

/** Pages come so late that they are watched arriving. */
const slowPages = (page: Page) => page.evaluate(() => void (window.engine.answerMs = 120));

async function openThread(page: Page, query = ''): Promise<void> {
  await page.goto(`${address}${query}`);
  await page.locator('[data-row]').click();
  await expect(page.locator('[data-message]').first()).toBeVisible();
  await settled(page);
}

/** Nothing was asked of the engine, and nothing moved, for longer than an answer takes. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const state = () =>
      `${window.engine.calls.length} ${document.querySelector('[role=log]')?.scrollTop} ${document.querySelectorAll('*').length}`;
    for (let before = state(), still = 0; still < 16;) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = state();
      still = now === before ? still + 1 : 0;
      before = now;
    }
  });
}

/** From now on, after every paint: where the message in the middle of the list stands. */
async function watchMiddle(page: Page): Promise<void> {
  await page.evaluate(() => {
    const log = document.querySelector<HTMLElement>('[role=log]');
    const middle = (log?.getBoundingClientRect().top ?? 0) + (log?.clientHeight ?? 0) / 2;
    const shown = [...document.querySelectorAll<HTMLElement>('[data-message]')];
    const key = shown.find((message) => message.getBoundingClientRect().bottom > middle)?.dataset['message'] ?? '';
    let isRunning = true;
    let lastFrame = performance.now();
    const watch = {
      key,
      tops: [] as number[],
      frameMs: [] as number[],
      elementsMax: 0,
      stop: () => (isRunning = false),
    };
    const afterPaint = new MessageChannel();
    afterPaint.port1.onmessage = () => {
      const element = document.querySelector(`[data-message="${key}"]`);
      // One that left the document moved further than can be told.
      watch.tops.push(element?.getBoundingClientRect().top ?? Infinity);
      watch.elementsMax = Math.max(watch.elementsMax, document.querySelectorAll('*').length);
    };
    const tick = (now: number) => {
      watch.frameMs.push(now - lastFrame);
      lastFrame = now;
      afterPaint.port2.postMessage(null);
      if (isRunning) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    window.watch = watch;
  });
}

/** How far that message moved from where it first stood, in pixels. */
async function driftSince(page: Page): Promise<number> {
  await settled(page);
  return page.evaluate(() => {
    const { tops, stop } = window.watch;
    stop();
    return tops.length > 8 ? Math.max(...tops) - Math.min(...tops) : Infinity;
  });
}

const scrollTo = (page: Page, top: number) =>
  page.evaluate(
    (to) =>
      new Promise<void>((resolve) => {
        document.querySelector('[role=log]')?.scrollTo(0, to);
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
      }),
    top,
  );

async function callsOf(page: Page, command: string): Promise<number> {
  return page.evaluate((name) => window.engine.calls.filter((called) => called === name).length, command);
}

test('opens at the newest message when everything is read', async ({ page }) => {
  await openThread(page);
  await expect(page.locator('[data-message=m100000]')).toBeInViewport({ ratio: 1 });
});

test('opens at the first unread message, asks for more only then, and reads what is on screen', async ({ page }) => {
  await openThread(page, '?unread=300');
  await expect(page.locator('[data-message=m99701]')).toBeInViewport({ ratio: 1 });
  await expect(page.getByText(/^New since/)).toBeInViewport();
  await expect(page.getByRole('button', { name: /99\+ new/ })).toBeVisible();
  expect(await callsOf(page, 'loadOlder')).toBeLessThanOrEqual(2);
  expect(await callsOf(page, 'markRead')).toBe(1);
});

test('older pages arrive above without moving what is read', async ({ page }) => {
  await openThread(page);
  await slowPages(page);
  const drifts: number[] = [];
  for (let turn = 0; turn < 24; turn += 1) {
    const before = await callsOf(page, 'loadOlder');
    // Every other turn hits the very top before the page is there.
    await scrollTo(page, turn % 2 === 0 ? 900 : 0);
    await watchMiddle(page);
    drifts.push(await driftSince(page));
    expect(await callsOf(page, 'loadOlder')).toBeGreaterThan(before);
  }
  expect(Math.max(...drifts)).toBeLessThanOrEqual(driftMax);
});

test('newer pages arrive below, and trimmed ones leave above, without moving what is read', async ({ page }) => {
  await openThread(page, '?unread=4000');
  await slowPages(page);
  const drifts: number[] = [];
  for (let turn = 0; turn < 24; turn += 1) {
    const toEnd = await page.evaluate(() => document.querySelector('[role=log]')?.scrollHeight ?? 0);
    await scrollTo(page, turn % 2 === 0 ? toEnd - 1500 : toEnd);
    await watchMiddle(page);
    drifts.push(await driftSince(page));
  }
  expect(Math.max(...drifts)).toBeLessThanOrEqual(driftMax);
  expect(await callsOf(page, 'loadNewer')).toBeGreaterThan(12);
});

test('messages that arrive, grow above or change below leave what is read in its place', async ({ page }) => {
  await openThread(page);
  await slowPages(page);
  await scrollTo(page, 1800);
  await settled(page);
  await watchMiddle(page);
  const seq = Number((await page.evaluate(() => window.watch.key)).slice(1));
  await page.evaluate(() => window.engine.receive());
  await settled(page);
  await page.evaluate((at) => window.engine.edit(at - 6, 'longer '.repeat(80)), seq);
  await settled(page);
  await page.evaluate((at) => window.engine.edit(at + 2, 'short'), seq);
  expect(await driftSince(page)).toBeLessThanOrEqual(driftMax);
  await expect(page.getByRole('button', { name: /new/ }).last()).toBeVisible();
});

test('who is at the end stays there while messages arrive and the composer grows', async ({ page }) => {
  await openThread(page);
  await page.evaluate(() => window.engine.receive(3));
  await settled(page);
  await expect(page.locator('[data-message=m100003]')).toBeInViewport({ ratio: 1 });
  await page.locator('textarea').fill('line\n'.repeat(6));
  await settled(page);
  await expect(page.locator('[data-message=m100003]')).toBeInViewport({ ratio: 1 });
});

test('a jump shows its message and goes back to the newest', async ({ page }) => {
  await openThread(page);
  const jump = { account: '', conversationId: 'long', messageId: 'm31000' };
  await page.evaluate((input) => window.engine.call('jumpToMessage', input), jump);
  await expect(page.locator('[data-message=m31000]')).toBeInViewport({ ratio: 1 });
  await settled(page);
  await expect(page.locator('[data-message=m31000]')).toBeInViewport({ ratio: 1 });
  await page.getByRole('button', { name: 'To the newest message' }).click();
  await expect(page.locator('[data-message=m100000]')).toBeInViewport({ ratio: 1 });
});

test('a window that becomes narrower keeps the topmost message where it is', async ({ page }) => {
  await openThread(page);
  await scrollTo(page, 1800);
  await settled(page);
  const topmost = () =>
    page.evaluate(() => {
      const edge = document.querySelector('[role=log]')?.getBoundingClientRect().top ?? 0;
      const shown = [...document.querySelectorAll<HTMLElement>('[data-message]')];
      const message = shown.find((element) => element.getBoundingClientRect().bottom > edge);
      return { id: message?.dataset['message'], top: message?.getBoundingClientRect().top ?? Infinity };
    });
  const before = await topmost();
  await page.setViewportSize({ width: 800, height: 720 });
  await settled(page);
  const after = await topmost();
  expect(after.id).toBe(before.id);
  expect(Math.abs(after.top - before.top)).toBeLessThanOrEqual(driftMax);
});

test('keeps few elements while thousands of messages are scrolled through', async ({ page }) => {
  await openThread(page);
  await watchMiddle(page);
  await page.evaluate(async () => {
    const log = document.querySelector('[role=log]');
    for (const direction of [-1, 1]) {
      for (let turn = 0; turn < 300; turn += 1) {
        log?.scrollBy(0, direction * 400);
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    }
  });
  expect(await callsOf(page, 'loadOlder')).toBeGreaterThan(10);
  const seen = await page.evaluate(() => {
    const { frameMs, elementsMax: elements, stop } = window.watch;
    stop();
    const sorted = frameMs.toSorted((a, b) => a - b);
    const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? 0;
    return {
      frames: sorted.length,
      p99,
      longest: sorted.at(-1) ?? 0,
      over50: sorted.filter((ms) => ms > 50).length,
      elements,
    };
  });
  test.info().annotations.push({ type: 'scrolling', description: JSON.stringify(seen) });
  expect(seen.elements).toBeLessThanOrEqual(elementsMax);
});
