import { useEffect } from 'react';
import { useAccountKey } from '../engine-context.ts';
import { useShellHandle } from './shell-context.ts';

export interface OnScreenReportProps {
  conversationId: string;
  /** The newest message stands at the bottom of what is shown. */
  isAtNewest: boolean;
}

/** Tells the desktop app what is on screen while it is there: what somebody looks at needs no notification. */
export function OnScreenReport({ conversationId, isAtNewest }: OnScreenReportProps) {
  const shell = useShellHandle();
  const account = useAccountKey();
  useEffect(() => {
    if (!shell) return undefined;
    void shell.ask('reportOnScreen', { shown: { account, conversationId, isAtNewest } });
    return () => void shell.ask('reportOnScreen', { shown: null });
  }, [shell, account, conversationId, isAtNewest]);
  return null;
}
