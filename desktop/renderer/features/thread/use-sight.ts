import { type RefObject, useEffect, useEffectEvent, useState } from 'react';
import { type Sight, sightOf } from './thread-sight.ts';
import type { ThreadRow } from './thread-rows.ts';
import type { ThreadVirtualizer } from './use-thread-virtualizer.ts';

export interface SightOptions {
  virtualizer: ThreadVirtualizer;
  rows: readonly ThreadRow[];
  scroller: RefObject<HTMLDivElement | null>;
  /** Whether somebody looks. */
  hasAttention: boolean;
  /** Grows each time the list stands where it was to be brought, and with every page that came. */
  arrivals: number;
  /** Told once a frame, after something moved. */
  onSight: (sight: Sight) => void;
}

/** What of the sight is drawn. */
export type DrawnSight = Pick<Sight, 'pillDay' | 'isAtEnd'>;

/** Looks at the thread in the frame after it was scrolled, resized or changed: what was painted, not what is about to be. */
export function useSight({ virtualizer, rows, scroller, hasAttention, arrivals, onSight }: SightOptions): DrawnSight {
  const [drawn, setDrawn] = useState<DrawnSight>({ pillDay: undefined, isAtEnd: true });
  const look = useEffectEvent(() => {
    const sight = sightOf(virtualizer, rows);
    const { pillDay, isAtEnd } = sight;
    setDrawn((before) => (before.pillDay === pillDay && before.isAtEnd === isAtEnd ? before : { pillDay, isAtEnd }));
    onSight(sight);
  });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    let frame = 0;
    const lookSoon = () => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        look();
      });
    };
    lookSoon();
    const sizes = new ResizeObserver(lookSoon);
    sizes.observe(element);
    element.addEventListener('scroll', lookSoon, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      sizes.disconnect();
      element.removeEventListener('scroll', lookSoon);
    };
  }, [scroller, rows, hasAttention, arrivals]);
  return drawn;
}
