import type { Page } from '@playwright/test';

/** Everything here runs in the page itself, from an event to the frame that shows what has come of it: no way to another process is in it. */

/** Opens the conversations of the list one after the other. Resolves with how long each took until its newest message was on screen. */
export function openEach(page: Page, conversations: number): Promise<number[]> {
  return page.evaluate(async (wanted) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const rows = [...document.querySelectorAll<HTMLElement>('ul[aria-label=Conversations] [data-row]')];
    const tookMs: number[] = [];
    let shown: Element | null = null;
    for (const row of rows.slice(0, wanted)) {
      const begunAt = performance.now();
      row.click();
      const log = () => document.querySelector('[role=log]:has(article)');
      do await frame();
      while (log() === null || log() === shown);
      tookMs.push(performance.now() - begunAt);
      shown = log();
    }
    return tookMs;
  }, conversations);
}

/** Writes into the conversation that is open. Resolves with how long each message took from Enter until it was on screen. */
export function writeEach(page: Page, texts: readonly string[]): Promise<number[]> {
  return page.evaluate(async (wanted) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const field = document.querySelector('textarea');
    if (field === null) throw new Error('There is nothing to write in');
    const setValue = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set;
    const isShown = (text: string) =>
      [...document.querySelectorAll('[role=log] article p')].some(({ textContent }) => textContent === text);
    const tookMs: number[] = [];
    for (const text of wanted) {
      field.focus();
      setValue?.call(field, text);
      field.dispatchEvent(new Event('input', { bubbles: true }));
      await frame();
      const begunAt = performance.now();
      field.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true }),
      );
      do await frame();
      while (!isShown(text));
      tookMs.push(performance.now() - begunAt);
      while (field.value !== '') await frame();
    }
    return tookMs;
  }, texts);
}

export interface Scrolled {
  frameMs: number[];
  mostElements: number;
}

/** Scrolls the conversation that is open, so far in every frame: down and up again within `withinPx` of the end, or ever further up. */
export function scrollFrames(
  page: Page,
  way: { frames: number; stepPx: number; withinPx?: number },
): Promise<Scrolled> {
  return page.evaluate(async ({ frames, stepPx, withinPx }) => {
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    const log = document.querySelector<HTMLElement>('[role=log]');
    if (log === null) throw new Error('There is nothing to scroll');
    const fromEnd = () => log.scrollHeight - log.clientHeight - log.scrollTop;
    log.scrollTo(0, log.scrollHeight);
    let up = true;
    let before = await frame();
    let mostElements = 0;
    const frameMs: number[] = [];
    for (let count = 0; count < frames; count += 1) {
      if (withinPx !== undefined && fromEnd() > withinPx) up = false;
      if (fromEnd() < stepPx) up = true;
      log.scrollBy(0, up ? -stepPx : stepPx);
      const now = await frame();
      frameMs.push(now - before);
      before = now;
      mostElements = Math.max(mostElements, log.querySelectorAll('*').length);
    }
    return { frameMs, mostElements };
  }, way);
}
