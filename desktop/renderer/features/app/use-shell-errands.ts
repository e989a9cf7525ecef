import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { AccountKey } from '../../../engine/api/views.ts';
import { useEngine } from '../../client/engine-context.ts';
import { conversationInFront, useGo } from '../../client/navigation.ts';
import { useShellHandle } from '../../client/shell/shell-context.ts';
import { noShell, type ShellErrand, takeErrands } from '../../client/shell/shell-store.ts';
import { isShortcut, useShortcutRegistry } from '../../client/shortcuts.ts';

/** Does what the desktop app wants of this window: what a notification, a link, the tray or a menu led to. */
export function useShellErrands(accounts: readonly AccountKey[]): void {
  const shell = useShellHandle();
  const errands = useStore(shell?.store ?? noShell, (state) => state.errands);
  const call = useEngine();
  const go = useGo();
  const registry = useShortcutRegistry();

  useEffect(() => {
    if (!shell || errands.length === 0) return;
    for (const errand of takeErrands(shell)) run(errand);

    function run(errand: ShellErrand): void {
      switch (errand.kind) {
        case 'open':
          return open(errand.target);
        case 'command':
          if (isShortcut(errand.command)) registry?.run(errand.command);
          return;
        case 'add-server':
          return go({ addAccount: { address: errand.address }, dialog: undefined });
      }
    }

    function open({ account, conversationId, messageId }: Extract<ShellErrand, { kind: 'open' }>['target']): void {
      if (!accounts.includes(account)) return;
      if (conversationId === undefined) {
        return go({
          account,
          conversationId: undefined,
          settings: undefined,
          dialog: undefined,
          addAccount: undefined,
        });
      }
      go(conversationInFront(account, conversationId));
      if (messageId !== undefined) void jumpTo(account, conversationId, messageId);
    }

    /** Only an open thread can move. */
    async function jumpTo(account: AccountKey, conversationId: string, messageId: string): Promise<void> {
      await call('openThread', { account, conversationId });
      await call('jumpToMessage', { account, conversationId, messageId });
    }
  }, [shell, errands, accounts, call, go, registry]);
}
