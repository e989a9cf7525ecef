import { useCallback, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import type { ThreadView } from '../../../engine/api/views.ts';
import { useAccountEngine } from '../../client/engine-context.ts';
import { firstUnreadKey, type ThreadRow } from './thread-rows.ts';
import { type Aim, useAim } from './use-aim.ts';
import type { ThreadVirtualizer } from './use-thread-virtualizer.ts';

const ringMs = 1600;
const ringWithoutMotionMs = 2000;

export interface LogPosition extends Pick<Aim, 'letGo' | 'isAiming' | 'arrivals'> {
  goToNewest: () => void;
  /** The message that was jumped to a moment ago. */
  ringedId: string | undefined;
}

/** Where the thread opens: at the message it was opened for, at the first unread one, otherwise at the newest. */
export function openingKey(thread: ThreadView, rows: readonly ThreadRow[]): string | undefined {
  const wanted = thread.focus?.messageId ?? firstUnreadKey(rows, thread);
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
  const { aimAt, aimAgain, letGo, isAiming, arrivals } = useAim(virtualizer, rows);
  const shownNonce = useRef<number>(undefined);
  const hasOpened = useRef(false);
  const wantsNewest = useRef(false);

  const settle = useEffectEvent(() => {
    const isNewJump = focus !== undefined && focus.nonce !== shownNonce.current;
    if (isNewJump && rows.some(({ key }) => key === focus.messageId)) {
      shownNonce.current = focus.nonce;
      wantsNewest.current = false;
      aimAt({ key: focus.messageId, align: 'center' });
    } else if (!hasOpened.current) {
      const key = openingKey(thread, rows);
      aimAt(key === undefined ? 'end' : { key, align: 'start' });
    } else if (wantsNewest.current && newer === 'none') {
      wantsNewest.current = false;
      aimAt('end');
    } else {
      aimAgain();
    }
    hasOpened.current = true;
  });
  // Whoever takes the list out of the document and puts it back finds it where it opens.
  useLayoutEffect(
    () => () => {
      hasOpened.current = false;
    },
    [],
  );
  useLayoutEffect(() => {
    if (rows.length > 0) settle();
  }, [rows, newer, focus]);

  const [pastNonce, setPastNonce] = useState<number>();
  const nonce = focus?.nonce;
  useEffect(() => {
    if (nonce === undefined) return undefined;
    const isStill = window.matchMedia?.('(prefers-reduced-motion: reduce)').matches;
    const timer = setTimeout(() => setPastNonce(nonce), isStill ? ringWithoutMotionMs : ringMs);
    return () => clearTimeout(timer);
  }, [nonce]);

  const goToNewest = useCallback(() => {
    if (newer === 'none') aimAt('end');
    else wantsNewest.current = true;
    void call('jumpToNewest', { conversationId });
  }, [aimAt, call, conversationId, newer]);
  return { goToNewest, ringedId: nonce === pastNonce ? undefined : focus?.messageId, letGo, isAiming, arrivals };
}
