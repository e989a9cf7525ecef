import { useCallback, useRef } from 'react';
import type { ConversationView } from '../../../engine/api/views.ts';
import { useAccountEngine } from '../../client/engine-context.ts';

export interface Reading {
  /** Takes the highest seq on screen; with attention, everything up to it counts as read. */
  see: (seq: number | undefined, hasAttention: boolean) => void;
  /** The highest seq that was on screen. */
  lastSeen: () => number | undefined;
}

export function useReading({ id, readSeq }: Pick<ConversationView, 'id' | 'readSeq'>): Reading {
  const call = useAccountEngine();
  const seen = useRef<number | undefined>(undefined);
  const marked = useRef(0);
  const see = useCallback(
    (seq: number | undefined, hasAttention: boolean) => {
      if (seq === undefined || !hasAttention) return;
      seen.current = Math.max(seq, seen.current ?? 0);
      if (seq <= Math.max(readSeq, marked.current)) return;
      marked.current = seq;
      void call('markRead', { conversationId: id, seq });
    },
    [call, id, readSeq],
  );
  const lastSeen = useCallback(() => seen.current, []);
  return { see, lastSeen };
}
