import { useCallback, useEffect, useRef, useState } from 'react';
import type { ConversationView } from '../../../engine/api/views.ts';
import { useAccountEngine } from '../../client/engine-context.ts';
import { useForeignDraft } from '../../client/selectors.ts';

export interface Draft {
  text: string;
  /** Takes what the person typed. */
  type: (text: string) => void;
  /** Takes away what was sent; what was typed meanwhile stays. */
  clear: (sent: string) => void;
}

/**
 * What stands in the composer of one conversation, for as long as it is shown. Another device's words replace it unless the
 * person typed something that the engine, which decides about replacing, had not heard of yet.
 */
export function useDraft({ id, draft }: ConversationView): Draft {
  const call = useAccountEngine();
  const foreign = useForeignDraft(id);
  const [text, setText] = useState(draft ?? '');
  const shownVersion = useRef(foreign?.version ?? 0);
  const unheard = useRef(0);
  const current = useRef(text);

  const take = useCallback(
    (next: string) => {
      current.current = next;
      setText(next);
      unheard.current += 1;
      void call('setDraft', { conversationId: id, text: next }).then(() => {
        unheard.current -= 1;
      });
    },
    [call, id],
  );
  const clear = useCallback(
    (sent: string) => {
      const now = current.current;
      if (now.startsWith(sent)) take(now.slice(sent.length));
    },
    [take],
  );

  useEffect(() => {
    if (!foreign || foreign.version <= shownVersion.current) return;
    shownVersion.current = foreign.version;
    if (unheard.current > 0) return;
    current.current = foreign.text;
    setText(foreign.text);
  }, [foreign]);

  return { text, type: take, clear };
}
