import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandInput, CommandValue } from '../../engine/api/commands.ts';
import { errorWords } from '../i18n/error-words.ts';
import { type AccountCommand, useAccountEngine } from './engine-context.ts';
import { useAccount } from './selectors.ts';

type Input<C extends AccountCommand> = Omit<CommandInput<C>, 'account'>;

export interface CommandState<C extends AccountCommand> {
  /** Answers the value, or `undefined` when it failed; then `error` says why, in words. */
  run: (input: Input<C>) => Promise<CommandValue<C> | undefined>;
  isBusy: boolean;
  error: string | undefined;
  clearError: () => void;
}

/** One command of a form or dialog: whether it is under way, and the sentence when it failed. */
export function useCommand<C extends AccountCommand>(command: C): CommandState<C> {
  const call = useAccountEngine();
  const { t } = useTranslation('errors');
  const address = useAccount()?.serverAddress ?? '';
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<string>();
  const run = useCallback(
    async (input: Input<C>) => {
      setIsBusy(true);
      setError(undefined);
      const result = await call(command, input as Parameters<typeof call<C>>[1]);
      setIsBusy(false);
      if (result.ok) return result.value;
      setError(errorWords(t, result.error, address));
      return undefined;
    },
    [call, command, t, address],
  );
  const clearError = useCallback(() => setError(undefined), []);
  return { run, isBusy, error, clearError };
}
