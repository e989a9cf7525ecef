import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** What axe calls serious or worse on the screen as it stands, each with where it is. */
export async function expectAccessible(page: Page, screen: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary}`).join('; ')}`,
    );
  expect.soft(grave, screen).toEqual([]);
}

/** Nothing is wider than the window. */
export async function expectFitsAcross(page: Page, screen: string): Promise<void> {
  const width = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    // A strip that scrolls sideways by itself may be longer than the window.
    const isInStrip = (element: Element | null): boolean =>
      element !== null && (getComputedStyle(element).overflowX === 'auto' || isInStrip(element.parentElement));
    const sticksOut = [...document.querySelectorAll('button, input, textarea, h1, h2, h3, article')]
      .filter((element) => element.checkVisibility() && element.closest('.sr-only') === null && !isInStrip(element))
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && (box.left < -1 || box.right > clientWidth + 1))
      .map(({ element }) => element.outerHTML.slice(0, 120));
    return { scrolls: scrollWidth > clientWidth, sticksOut };
  });
  expect.soft(width, screen).toEqual({ scrolls: false, sticksOut: [] });
}
