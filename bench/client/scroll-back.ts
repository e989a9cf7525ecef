import type { Page } from '@playwright/test';

/**
 * Scrolls the conversation that is open up by so many messages, or to its first, always to the very top, page after page. Texts begin with
 * their number. Resolves with how many it were.
 */
export function scrollBack(page: Page, messages: number): Promise<number> {
  return page.evaluate(async (wanted) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const log = () => document.querySelector<HTMLElement>('[role=log]');
    const numbers = () =>
      [...(log()?.querySelectorAll('article p') ?? [])].map(({ textContent }) => Number.parseInt(textContent, 10));
    while (numbers().length === 0) await frame();
    const last = numbers().at(-1) ?? 0;
    const until = Math.max(1, last - wanted);
    const maxStillFrames = 1_000;
    let first = last;
    for (let still = 0; first > until; still += 1) {
      if (still > maxStillFrames) throw new Error(`Scrolling ended at ${first}`);
      log()?.scrollTo(0, 0);
      await frame();
      const now = numbers()[0] ?? first;
      if (now < first) still = 0;
      first = Math.min(first, now);
    }
    return last - first + 1;
  }, messages);
}
