import { createContext, useContext } from 'react';
import type { MessageView } from '../../../engine/api/views.ts';

/** What can be done with a message from where it stands. The object stays the same while its thread is open. */
export interface ThreadActions {
  reply: (message: MessageView) => void;
  jumpTo: (messageId: string) => void;
  retry: (messageId: string) => void;
  discard: (messageId: string) => void;
}

const ThreadActionsContext = createContext<ThreadActions | null>(null);
export const ThreadActionsProvider = ThreadActionsContext.Provider;

export function useThreadActions(): ThreadActions {
  const actions = useContext(ThreadActionsContext);
  if (!actions) throw new Error('There is no ThreadActionsProvider above this component');
  return actions;
}
