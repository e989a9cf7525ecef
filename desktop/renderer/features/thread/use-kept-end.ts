import { type RefObject, useEffect, useEffectEvent } from 'react';
import type { ThreadVirtualizer } from './use-thread-virtualizer.ts';

/** Who was at the end stays there while the composer grows over the list, or the window shrinks. */
export function useKeptEnd(
  virtualizer: ThreadVirtualizer,
  scroller: RefObject<HTMLDivElement | null>,
  isAtEnd: boolean,
): void {
  const wasAtEnd = useEffectEvent(() => isAtEnd);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    let height = element.clientHeight;
    const sizes = new ResizeObserver(() => {
      if (element.clientHeight === height) return;
      height = element.clientHeight;
      if (wasAtEnd()) virtualizer.scrollToEnd();
    });
    sizes.observe(element);
    return () => sizes.disconnect();
  }, [scroller, virtualizer]);
}
