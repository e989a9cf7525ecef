import type { NoticePreferences, SettingsChanges } from '../../../ipc/shell-api.ts';
import { useShellCommand } from './shell-context.ts';

export interface SettingsChange {
  change: (changes: SettingsChanges) => void;
  changeNotices: (changes: Partial<NoticePreferences>) => void;
  /** Why the last change did not go through. */
  error: string | undefined;
}

/** Tells the desktop app what the person wants; what holds is what it tells back. */
export function useSettingsChange(): SettingsChange {
  const { run, error } = useShellCommand('changeSettings');
  return {
    change: (changes) => void run(changes),
    changeNotices: (notifications) => void run({ notifications }),
    error,
  };
}
