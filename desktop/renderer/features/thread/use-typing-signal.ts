import { useCallback, useEffect, useRef } from 'react';
import { useAccountEngine } from '../../client/engine-context.ts';

const repeatMs = 3000;

export interface TypingSignal {
  /** With every change of the text. */
  typed: (text: string) => void;
  stopped: () => void;
}

/** Tells the others that somebody types here: at once, then every three seconds while it lasts. */
export function useTypingSignal(conversationId: string): TypingSignal {
  const call = useAccountEngine();
  const toldAt = useRef<number | undefined>(undefined);
  const stopped = useCallback(() => {
    if (toldAt.current === undefined) return;
    toldAt.current = undefined;
    void call('setTyping', { conversationId, isTyping: false });
  }, [call, conversationId]);
  const typed = useCallback(
    (text: string) => {
      if (text.trim() === '') {
        stopped();
        return;
      }
      const now = performance.now();
      if (toldAt.current !== undefined && now - toldAt.current < repeatMs) return;
      toldAt.current = now;
      void call('setTyping', { conversationId, isTyping: true });
    },
    [call, conversationId, stopped],
  );
  useEffect(() => stopped, [stopped]);
  return { typed, stopped };
}
