import type { Page } from '@playwright/test';

export interface ScrollSighting {
  /** How far the message that was in the middle moved without being scrolled, in pixels; Infinity if it left the page. */
  driftPx: number;
  /** Whether older messages arrived above meanwhile. */
  hasGrown: boolean;
  elements: number;
}

/** Scrolls so that `fromTop` pixels remain above, then watches the message in the middle until nothing happens any more. */
export function scrollAndWatch(page: Page, fromTop: number): Promise<ScrollSighting> {
  return page.evaluate(async (top) => {
    const log = document.querySelector<HTMLElement>('[role=log]');
    if (!log) throw new Error('No conversation is open');
    const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    log.scrollTo(0, top);
    await nextFrame();
    await nextFrame();
    const middle = log.getBoundingClientRect().top + log.clientHeight / 2;
    const shown = [...log.querySelectorAll<HTMLElement>('article')];
    const watched = shown.find((message) => message.getBoundingClientRect().bottom > middle);
    const selector = `[data-message="${watched?.dataset['message']}"]`;
    const heightBefore = log.scrollHeight;
    const tops: number[] = [];
    let elements = 0;
    const state = () => `${log.scrollTop} ${log.scrollHeight} ${log.ariaBusy} ${document.querySelectorAll('*').length}`;
    for (let before = '', still = 0; still < 12;) {
      await nextFrame();
      tops.push(document.querySelector(selector)?.getBoundingClientRect().top ?? Infinity);
      elements = Math.max(elements, document.querySelectorAll('*').length);
      still = state() === before && log.ariaBusy !== 'true' ? still + 1 : 0;
      before = state();
    }
    return { driftPx: Math.max(...tops) - Math.min(...tops), hasGrown: log.scrollHeight > heightBefore, elements };
  }, fromTop);
}

export interface FrameSighting {
  frames: number;
  longestMs: number;
  p99Ms: number;
  elements: number;
}

/** What it is like while `act` scrolls: how long frames took, and how much was in the document. */
export async function watchFrames(page: Page, act: () => Promise<void>): Promise<FrameSighting> {
  const watch = await page.evaluateHandle(() => {
    const seen = { frameMs: [] as number[], elements: 0, isOver: false };
    let last = performance.now();
    const tick = (now: number) => {
      seen.frameMs.push(now - last);
      last = now;
      seen.elements = Math.max(seen.elements, document.querySelectorAll('*').length);
      if (!seen.isOver) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    return seen;
  });
  await act();
  return watch.evaluate((seen) => {
    seen.isOver = true;
    const sorted = seen.frameMs.toSorted((a, b) => a - b);
    const p99Ms = Math.round(sorted[Math.floor(sorted.length * 0.99)] ?? 0);
    return { frames: sorted.length, longestMs: Math.round(sorted.at(-1) ?? 0), p99Ms, elements: seen.elements };
  });
}
