import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ThreadRow } from './thread-rows.ts';
import type { ThreadVirtualizer } from './use-thread-virtualizer.ts';

/** Where the list is to be brought: a row, or the end of what is loaded. */
export type Target = 'end' | { key: string; align: 'start' | 'center' };

/** Rows that are measured on the way move the target; it is reached when nothing moved for so many frames. */
const stillFrames = 4;

export interface Aim {
  aimAt: (target: Target) => void;
  /** The rows changed: the same target stands elsewhere now. */
  aimAgain: () => void;
  /** The person scrolls: where to is theirs to decide. */
  letGo: () => void;
  isAiming: () => boolean;
  /** Grows with every arrival. */
  arrivals: number;
}

/** Scrolls to rows by their key. The virtualizer knows them by number, which means another one once older rows came. */
export function useAim(virtualizer: ThreadVirtualizer, rows: readonly ThreadRow[]): Aim {
  const target = useRef<Target>(undefined);
  const frame = useRef(0);
  const latest = useRef(rows);
  const [arrivals, setArrivals] = useState(0);
  useLayoutEffect(() => {
    latest.current = rows;
  }, [rows]);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);

  const letGo = useCallback(() => {
    if (target.current === undefined) return;
    target.current = undefined;
    cancelAnimationFrame(frame.current);
    virtualizer.cancelScroll();
    setArrivals((count) => count + 1);
  }, [virtualizer]);
  const watch = useCallback(() => {
    let offset: number | undefined;
    let still = 0;
    const look = () => {
      const now = virtualizer.scrollElement?.scrollTop;
      still = now === offset ? still + 1 : 0;
      offset = now;
      if (still >= stillFrames) letGo();
      else frame.current = requestAnimationFrame(look);
    };
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(look);
  }, [letGo, virtualizer]);
  const aimAgain = useCallback(() => {
    const wanted = target.current;
    if (wanted === undefined) return;
    watch();
    if (wanted === 'end') {
      virtualizer.scrollToEnd();
      return;
    }
    const index = latest.current.findIndex(({ key }) => key === wanted.key);
    if (index >= 0) virtualizer.scrollToIndex(index, { align: wanted.align });
  }, [virtualizer, watch]);
  const aimAt = useCallback(
    (wanted: Target) => {
      target.current = wanted;
      aimAgain();
    },
    [aimAgain],
  );
  const isAiming = useCallback(() => target.current !== undefined, []);
  return { aimAt, aimAgain, letGo, isAiming, arrivals };
}
