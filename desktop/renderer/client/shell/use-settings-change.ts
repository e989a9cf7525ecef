import type { NoticePreferences, ShellSettings } from '../../../ipc/shell-api.ts';
import { useShell, useShellCommand } from './shell-context.ts';

export interface SettingsChange {
  change: (changes: Partial<ShellSettings>) => void;
  changeNotices: (changes: Partial<NoticePreferences>) => void;
  /** Why the last change did not go through. */
  error: string | undefined;
}

/** Tells the desktop app what the person wants; what holds is what it tells back. */
export function useSettingsChange(): SettingsChange {
  const notifications = useShell()?.settings.notifications;
  const { run, error } = useShellCommand('changeSettings');
  return {
    change: (changes) => void run(changes),
    changeNotices: (changes) => {
      if (notifications) void run({ notifications: { ...notifications, ...changes } });
    },
    error,
  };
}
