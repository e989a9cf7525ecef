import type { CommandResult } from '../../engine/api/commands.ts';
import type { AccountKey } from '../../engine/api/views.ts';
import type { NoticeRecord, ShellSettings, ShellView, Theme, UpdateStep } from '../../ipc/shell-api.ts';
import type { Settings } from '../settings/settings.ts';
import type { Licence } from './licences.ts';
import type { ShellHandlers } from './shell-desk.ts';

export interface ShellServices<Page> {
  settings: Settings;
  /** Throws where the system cannot be told. */
  applyLogin(settings: ShellSettings): void;
  testNotification(): void;
  notices(): readonly NoticeRecord[];
  showTheme(theme: Theme): void;
  reportOnScreen(page: Page, shown: { account: AccountKey; conversationId: string; isAtNewest: boolean } | null): void;
  tryKeychain(): Promise<ShellView['keychain']>;
  update(step: UpdateStep): void;
  licences(): Promise<Licence[]>;
}

function ok<T>(value: T): CommandResult<T> {
  return { ok: true, value };
}

/** What the desktop app does for its pages. */
export function shellHandlers<Page>(services: ShellServices<Page>): ShellHandlers<Page> {
  return {
    changeSettings(changes) {
      const { settings, applyLogin } = services;
      const { notifications } = settings.current;
      const wanted = { ...settings.current, ...changes, notifications };
      try {
        if (startsOtherwise(settings.current, wanted)) applyLogin(wanted);
        settings.change(changes);
      } catch {
        return { ok: false, error: { code: 'local_store_failed' } };
      }
      return ok(null);
    },
    testNotification() {
      services.testNotification();
      return ok(null);
    },
    listNotices: () => ok([...services.notices()]),
    showTheme({ theme }) {
      services.showTheme(theme);
      return ok(null);
    },
    reportOnScreen({ shown }, page) {
      services.reportOnScreen(page, shown);
      return ok(null);
    },
    tryKeychain: async () => ok(await services.tryKeychain()),
    update({ step }) {
      services.update(step);
      return ok(null);
    },
    listLicences: async () => ok(await services.licences()),
  };
}

function startsOtherwise(before: ShellSettings, after: ShellSettings): boolean {
  return (
    before.startsAtLogin !== after.startsAtLogin || (after.startsAtLogin && before.startsHidden !== after.startsHidden)
  );
}
