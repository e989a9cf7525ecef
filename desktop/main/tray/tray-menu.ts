import type { MenuItemConstructorOptions } from 'electron';
import type { SnoozeLength } from '@parley/shared/model/snooze.ts';
import type { Words } from '../words/en.ts';

export interface TrayContent {
  status: string;
  unread: number;
  /** The time on the wall when notifications come again; missing: they come. */
  snoozedUntil?: string;
  isUpdateReady: boolean;
}

export interface TrayActions {
  open(): void;
  openSettings(): void;
  snooze(length: SnoozeLength): void;
  resume(): void;
  installUpdate(): void;
  quit(): void;
}

const separator: MenuItemConstructorOptions = { type: 'separator' };

/** For `Menu.buildFromTemplate`. Opening comes first and quitting last: on some panels of Linux a click on the icon does nothing else. */
export function trayMenu(content: TrayContent, words: Words, actions: TrayActions): MenuItemConstructorOptions[] {
  const { status, unread, snoozedUntil, isUpdateReady } = content;
  const snooze = (label: string, length: SnoozeLength) => ({ label, click: () => actions.snooze(length) });
  return [
    { label: words.tray.open, click: () => actions.open() },
    separator,
    { label: status, enabled: false },
    ...(unread > 0 ? [{ label: words.tray.unread(unread), enabled: false }] : []),
    separator,
    {
      label: snoozedUntil === undefined ? words.tray.snooze : words.tray.snoozedUntil(snoozedUntil),
      submenu: [
        snooze(words.tray.halfAnHour, 'half-an-hour'),
        snooze(words.tray.anHour, 'an-hour'),
        snooze(words.tray.untilTomorrow, 'until-tomorrow'),
        separator,
        { label: words.tray.resume, enabled: snoozedUntil !== undefined, click: () => actions.resume() },
      ],
    },
    { label: words.tray.settings, click: () => actions.openSettings() },
    separator,
    ...(isUpdateReady ? [{ label: words.tray.restartToUpdate, click: () => actions.installUpdate() }] : []),
    { label: words.quit, click: () => actions.quit() },
  ];
}

/** What is read out and shown beside the icon. */
export function trayTooltip(appName: string, { status, unread }: TrayContent, words: Words): string {
  return [appName, ...(unread > 0 ? [words.tray.unread(unread)] : []), status].join('\n');
}
