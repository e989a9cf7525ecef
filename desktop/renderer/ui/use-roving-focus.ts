import { type RefCallback, useCallback } from 'react';

/**
 * For the element around a row of controls: arrow keys, Home and End move the focus between those that `selector` finds.
 * One of them is in the tab order; which one is the caller's to say.
 */
export function useRovingFocus(selector: string): RefCallback<HTMLElement> {
  return useCallback(
    (container) => {
      if (!container) return undefined;
      const onKeyDown = (event: KeyboardEvent) => moveFocus(event, container.querySelectorAll<HTMLElement>(selector));
      container.addEventListener('keydown', onKeyDown);
      return () => container.removeEventListener('keydown', onKeyDown);
    },
    [selector],
  );
}

function moveFocus(event: KeyboardEvent, found: NodeListOf<HTMLElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const items = [...found];
  const current = items.findIndex((item) => item.contains(document.activeElement));
  const next = { ArrowDown: current + 1, ArrowUp: current - 1, Home: 0, End: items.length - 1 }[event.key];
  if (next === undefined) return;
  const target = items[Math.max(0, Math.min(items.length - 1, next))];
  if (!target) return;
  event.preventDefault();
  target.focus();
  target.scrollIntoView?.({ block: 'nearest' });
}
