import { useCallback, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import type { ThreadView } from '../../../engine/api/views.ts';
import { useAccountEngine } from '../../client/engine-context.ts';
import type { ThreadRow } from './thread-rows.ts';
import type { ThreadVirtualizer } from './use-thread-virtualizer.ts';

const ringMs = 1600;
const ringWithoutMotionMs = 2000;

export interface LogPosition {
  goToNewest: () => void;
  /** The message that was jumped to a moment ago. */
  ringedId: string | undefined;
}

/** Where the thread opens: at the message it was opened for, at the first unread one, otherwise at the newest. */
export function openingKey({ focus }: ThreadView, rows: readonly ThreadRow[]): string | undefined {
  const wanted = focus?.messageId ?? 'divider';
  return rows.find(({ key }) => key === wanted)?.key;
}

/** Brings the list to where it opens and to where the person wants to go; everything else leaves it in place. */
export function useLogPosition(
  virtualizer: ThreadVirtualizer,
  thread: ThreadView,
  rows: readonly ThreadRow[],
): LogPosition {
  const { conversationId, newer, focus } = thread;
  const call = useAccountEngine();
  const [pastNonce, setPastNonce] = useState<number>();
  const shownNonce = useRef<number>(undefined);
  const hasOpened = useRef(false);
  const wantsNewest = useRef(false);

  const showKey = useEffectEvent((key: string, align: 'start' | 'center') => {
    const index = rows.findIndex((row) => row.key === key);
    if (index >= 0) virtualizer.scrollToIndex(index, { align });
    return index >= 0;
  });
  const settle = useEffectEvent(() => {
    if (focus && focus.nonce !== shownNonce.current) {
      if (!showKey(focus.messageId, 'center')) return;
      shownNonce.current = focus.nonce;
      wantsNewest.current = false;
    } else if (!hasOpened.current) {
      if (!showKey('divider', 'start')) virtualizer.scrollToEnd();
    } else if (wantsNewest.current && newer === 'none') {
      wantsNewest.current = false;
      virtualizer.scrollToEnd();
    }
    hasOpened.current = true;
  });
  useLayoutEffect(() => {
    if (rows.length > 0) settle();
  }, [rows, newer, focus]);

  const nonce = focus?.nonce;
  useEffect(() => {
    if (nonce === undefined) return undefined;
    const isStill = window.matchMedia?.('(prefers-reduced-motion: reduce)').matches;
    const timer = setTimeout(() => setPastNonce(nonce), isStill ? ringWithoutMotionMs : ringMs);
    return () => clearTimeout(timer);
  }, [nonce]);

  const goToNewest = useCallback(() => {
    if (newer === 'none') virtualizer.scrollToEnd();
    else wantsNewest.current = true;
    void call('jumpToNewest', { conversationId });
  }, [call, conversationId, newer, virtualizer]);
  return { goToNewest, ringedId: nonce === pastNonce ? undefined : focus?.messageId };
}
