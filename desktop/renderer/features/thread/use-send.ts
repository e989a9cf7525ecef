import { useCallback, useRef, useState } from 'react';
import type { CommandFailure } from '../../../engine/api/commands.ts';
import { useAccountEngine } from '../../client/engine-context.ts';

export interface Outgoing {
  text: string;
  replyTo?: string | undefined;
  readUpTo?: number | undefined;
}

export interface Send {
  /** True when the message is kept; only then may its text be forgotten. A second one has to wait for that. */
  send: (outgoing: Outgoing) => Promise<boolean>;
  /** Why the last one was not. */
  failure: CommandFailure | undefined;
  forgive: () => void;
}

/** Sends to one conversation and no other. */
export function useSend(conversationId: string): Send {
  const call = useAccountEngine();
  const isBusy = useRef(false);
  const [failure, setFailure] = useState<CommandFailure>();
  const send = useCallback(
    async ({ text, replyTo, readUpTo }: Outgoing) => {
      if (isBusy.current) return false;
      isBusy.current = true;
      const result = await call('sendMessage', {
        conversationId,
        text,
        ...(replyTo === undefined ? {} : { replyTo }),
        ...(readUpTo === undefined ? {} : { readUpTo }),
      });
      isBusy.current = false;
      setFailure(result.ok ? undefined : result.error);
      return result.ok;
    },
    [call, conversationId],
  );
  const forgive = useCallback(() => setFailure(undefined), []);
  return { send, failure, forgive };
}
