import { createContext, useCallback, useContext, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ShellCommandName, ShellCommands, ShellView } from '../../../ipc/shell-api.ts';
import { noShell, type Shell } from './shell-store.ts';

const ShellContext = createContext<Shell | undefined>(undefined);
/** `undefined` in a browser. */
export const ShellProvider = ShellContext.Provider;

/** The desktop app around the page; missing in a browser. */
export function useShellHandle(): Shell | undefined {
  return useContext(ShellContext);
}

/** How the desktop app stands; missing in a browser. */
export function useShell(): ShellView | undefined {
  return useStore(useShellHandle()?.store ?? noShell, ({ view }) => view);
}

export interface ShellCommandState<C extends ShellCommandName> {
  /** Answers the value, or `undefined` when it failed; then `error` says why, in words. */
  run: (input: ShellCommands[C]['input']) => Promise<ShellCommands[C]['value'] | undefined>;
  isBusy: boolean;
  error: string | undefined;
}

/** One command to the desktop app: whether it is under way, and the sentence when it failed. */
export function useShellCommand<C extends ShellCommandName>(command: C): ShellCommandState<C> {
  const shell = useShellHandle();
  const { t } = useTranslation('errors');
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<string>();
  const run = useCallback(
    async (input: ShellCommands[C]['input']) => {
      if (!shell) throw new Error('There is no desktop app around this page');
      setIsBusy(true);
      setError(undefined);
      const result = await shell.ask(command, input);
      setIsBusy(false);
      if (result.ok) return result.value;
      setError(result.error.code === 'local_store_failed' ? t('local_store_failed') : t('shellFailed'));
      return undefined;
    },
    [shell, command, t],
  );
  return { run, isBusy, error };
}
