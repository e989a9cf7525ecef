const focusable = 'a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), [tabindex="0"]';

function firstFocus(region: HTMLElement): HTMLElement | undefined {
  const preferred = region.querySelector<HTMLElement>('[data-region-focus], [data-row][tabindex="0"]');
  if (preferred) return preferred;
  return [...region.querySelectorAll<HTMLElement>(focusable)].find(({ tabIndex }) => tabIndex >= 0);
}

/** Moves the focus to the next part of the window (`data-region`), around in a circle. False where there is none. */
export function focusNextRegion(document: Document, by: 1 | -1): boolean {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(
    (region) => region.checkVisibility?.() ?? true,
  );
  const current = regions.findIndex((region) => region.contains(document.activeElement));
  for (let step = 1; step <= regions.length; step += 1) {
    const from = current < 0 && by === -1 ? 0 : current;
    const region = regions[(from + by * step + regions.length * (step + 1)) % regions.length];
    const target = region && firstFocus(region);
    if (target) {
      target.focus();
      return true;
    }
  }
  return false;
}
