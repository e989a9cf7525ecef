import { type KeyboardEvent, useCallback, useLayoutEffect, useState } from 'react';
import type { ThreadRow } from './thread-rows.ts';
import type { ThreadVirtualizer } from './use-thread-virtualizer.ts';

/** The arrow keys go from message to message; the row that has the focus stays in the document. */
export interface MessageFocus {
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  onFocus: (event: { target: EventTarget }) => void;
  onBlur: () => void;
}

const steps: Readonly<Record<string, 1 | -1>> = { ArrowUp: -1, ArrowDown: 1 };

function keyOfMessage(target: EventTarget): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>('[data-message]')?.dataset['message'] : undefined;
}

function nextMessage(rows: readonly ThreadRow[], from: number, step: 1 | -1): number | undefined {
  for (let index = from + step; index >= 0 && index < rows.length; index += step) {
    if (rows[index]?.kind === 'message') return index;
  }
  return undefined;
}

/** `keep` is told the key of the row that has the focus. */
export function useMessageFocus(
  virtualizer: ThreadVirtualizer,
  rows: readonly ThreadRow[],
  keep: (key: string | undefined) => void,
): MessageFocus {
  const [wanted, setWanted] = useState<{ key: string }>();
  useLayoutEffect(() => {
    if (!wanted) return;
    const row = virtualizer.elementsCache.get(wanted.key);
    row?.querySelector<HTMLElement>('[data-message]')?.focus({ preventScroll: true });
  }, [wanted, virtualizer]);
  const onKeyDown = useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      const step = steps[event.key];
      if (step === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const key = keyOfMessage(event.target);
      const here = rows.findIndex((row) => row.key === key);
      // From the list itself the first step is to the lowest message on screen.
      const from = here < 0 ? (virtualizer.range?.endIndex ?? rows.length - 1) + 1 : here;
      const next = nextMessage(rows, from, here < 0 ? -1 : step);
      const target = next === undefined ? undefined : rows[next];
      if (next === undefined || !target) return;
      event.preventDefault();
      keep(target.key);
      setWanted({ key: target.key });
      virtualizer.scrollToIndex(next, { align: 'auto' });
    },
    [keep, rows, virtualizer],
  );
  const onFocus = useCallback((event: { target: EventTarget }) => keep(keyOfMessage(event.target)), [keep]);
  const onBlur = useCallback(() => keep(undefined), [keep]);
  return { onKeyDown, onFocus, onBlur };
}
