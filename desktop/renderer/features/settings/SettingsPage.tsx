import {
  ArrowLeft,
  Bell,
  Info,
  Keyboard,
  Languages,
  Laptop,
  type LucideIcon,
  Monitor,
  User,
  UsersRound,
} from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type SettingsSection, useGo } from '../../client/navigation.ts';
import { useApp } from '../../client/selectors.ts';
import { useShell } from '../../client/shell/shell-context.ts';
import { Icon } from '../../ui/Icon.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { useRovingFocus } from '../../ui/use-roving-focus.ts';
import { focusNextRegion } from '../app/regions.ts';
import { Foot } from '../foot/Foot.tsx';
import { NotificationSettings } from '../notifications/NotificationSettings.tsx';
import { AboutSettings } from './AboutSettings.tsx';
import { AccountSettings } from './AccountSettings.tsx';
import { AppearanceSettings } from './AppearanceSettings.tsx';
import { ComputerSettings } from './ComputerSettings.tsx';
import { KeyboardSettings } from './KeyboardSettings.tsx';
import { LanguageSettings } from './LanguageSettings.tsx';
import { ProfileSettings } from './ProfileSettings.tsx';

interface Section {
  id: SettingsSection;
  icon: LucideIcon;
  /** Missing: everywhere. `several`: where there may be several accounts. */
  only?: 'shell' | 'several';
}
const sections: readonly Section[] = [
  { id: 'profile', icon: User },
  { id: 'accounts', icon: UsersRound, only: 'several' },
  { id: 'appearance', icon: Monitor },
  { id: 'notifications', icon: Bell },
  { id: 'language', icon: Languages },
  { id: 'keyboard', icon: Keyboard },
  { id: 'computer', icon: Laptop, only: 'shell' },
  { id: 'about', icon: Info, only: 'shell' },
];
const pages = {
  profile: ProfileSettings,
  accounts: AccountSettings,
  appearance: AppearanceSettings,
  notifications: NotificationSettings,
  language: LanguageSettings,
  keyboard: KeyboardSettings,
  computer: ComputerSettings,
  about: AboutSettings,
} as const;

/** Takes the place of list and thread. */
export function SettingsPage({ section }: { section: SettingsSection }) {
  const { t } = useTranslation('settings');
  const go = useGo();
  const app = useApp();
  const has = { shell: useShell() !== undefined, several: app.phase === 'ready' && app.server.kind === 'ask' };
  const Page = pages[section];
  const moveFocus = useRovingFocus('[data-row]');
  const page = useRef<HTMLDivElement>(null);

  useEffect(() => {
    page.current?.querySelector<HTMLElement>('[aria-current="page"]')?.focus();
    // What had the focus before is drawn anew, so it goes to the list.
    return () =>
      void requestAnimationFrame(() => document.activeElement === document.body && focusNextRegion(document, 1));
  }, []);

  return (
    <div ref={page} className="flex h-full max-pair:flex-col">
      <nav
        aria-label={t('sections')}
        data-region="list"
        className="box-content flex w-80 shrink-0 flex-col border-e border-line bg-base-200 max-pair:w-auto max-pair:border-e-0 max-pair:border-b"
      >
        <header className="drag-window flex h-13 shrink-0 items-center gap-1 window-ps-3 max-pair:window-pe-3">
          <IconButton icon={ArrowLeft} isMirrored label={t('back')} onClick={() => go({ settings: undefined })} />
          <h1 className="text-header font-[650]">{t('title')}</h1>
        </header>
        <ul
          ref={moveFocus}
          className="min-h-0 grow overflow-auto px-[0.4375rem] pt-2 max-pair:flex max-pair:gap-1 max-pair:pt-0 max-pair:pb-2"
        >
          {sections
            .filter(({ only }) => only === undefined || has[only])
            .map(({ id, icon }) => (
              <li key={id}>
                <button
                  type="button"
                  data-row={id}
                  tabIndex={id === section ? 0 : -1}
                  aria-current={id === section ? 'page' : undefined}
                  onClick={() => go({ settings: id })}
                  className="focus-ring-inside flex h-10 w-full cursor-pointer items-center gap-2.5 rounded-box border border-transparent px-3 text-start font-medium whitespace-nowrap text-ink-2 hover:bg-base-300/55 aria-[current]:border-line aria-[current]:bg-base-100 aria-[current]:font-semibold aria-[current]:text-base-content"
                >
                  <Icon icon={icon} />
                  {t(id)}
                </button>
              </li>
            ))}
        </ul>
        <div className="max-pair:hidden">
          <Foot />
        </div>
      </nav>
      <main className="min-h-0 min-w-0 grow overflow-y-auto bg-base-100" data-region="main">
        <div className="drag-window h-11 max-pair:h-5" />
        <div className="mx-auto max-w-[42rem] px-4 pb-12">
          <Page />
        </div>
      </main>
    </div>
  );
}
