import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { ThreadView } from '../../../engine/api/views.ts';
import { useAccountEngine } from '../../client/engine-context.ts';
import type { ThreadRow } from './thread-rows.ts';
import type { Sight } from './thread-sight.ts';

/** A page is asked for while this much is still to be read before it, in pixels. */
const aheadPixels = 1600;

type PageEnd = 'older' | 'newer';
const commands = { older: 'loadOlder', newer: 'loadNewer' } as const;

export interface Pages {
  /** Asks for the next page at an end; once, until that is answered. */
  load: (end: PageEnd) => void;
  /** Asks for what the reader is coming near to. What a gap holds is only asked for by hand. */
  loadAround: (sight: Sight) => void;
  isLoading: (end: PageEnd) => boolean;
  /** Grows with every answer that brought something: whoever stands at the end of it still wants the next page. */
  arrivals: number;
}

export function usePages({ conversationId, older, newer }: ThreadView, rows: readonly ThreadRow[]): Pages {
  const call = useAccountEngine();
  const asked = useRef(new Set<PageEnd>());
  const [loading, setLoading] = useState<readonly PageEnd[]>([]);
  const [arrivals, setArrivals] = useState(0);
  const latest = useRef(rows);
  useLayoutEffect(() => {
    latest.current = rows;
  }, [rows]);
  const load = useCallback(
    (end: PageEnd) => {
      if (asked.current.has(end)) return;
      asked.current.add(end);
      setLoading([...asked.current]);
      const before = latest.current;
      void call(commands[end], { conversationId }).then(() => {
        asked.current.delete(end);
        setLoading([...asked.current]);
        if (latest.current !== before) setArrivals((count) => count + 1);
      });
    },
    [call, conversationId],
  );
  const loadAround = useCallback(
    ({ toStart, toEnd }: Sight) => {
      if (older === 'more' && toStart < aheadPixels) load('older');
      if (newer === 'more' && toEnd < aheadPixels) load('newer');
    },
    [load, older, newer],
  );
  return { load, loadAround, isLoading: (end) => loading.includes(end), arrivals };
}
