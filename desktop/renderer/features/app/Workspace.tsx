import { useTranslation } from 'react-i18next';
import { AccountProvider, useAccountKey } from '../../client/engine-context.ts';
import { useConversationInFront, useNavigation } from '../../client/navigation.ts';
import { useShell } from '../../client/shell/shell-context.ts';
import { useAccount, useAccounts, useConversation } from '../../client/selectors.ts';
import { DetailsPanel } from '../details/DetailsPanel.tsx';
import { ListPane } from '../list/ListPane.tsx';
import { ListSkeleton } from '../list/ListSkeleton.tsx';
import { SettingsPage } from '../settings/SettingsPage.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Arrivals } from './Arrivals.tsx';
import { ConversationPane } from './ConversationPane.tsx';
import { Dialogs } from './Dialogs.tsx';
import { AppBanner } from './AppBanner.tsx';
import { QuietPane } from './QuietPane.tsx';
import { useAppShortcuts } from './use-app-shortcuts.ts';
import { useWatchedPresence } from './use-watched-presence.ts';
import { useWindowTitle } from './use-window-title.ts';

/** Everything a signed-in person works with. */
export function Workspace() {
  const settings = useNavigation((navigation) => navigation.settings);
  useAppShortcuts();
  useWindowTitle();
  return (
    <>
      {settings === undefined ? <Conversations /> : <SettingsPage section={settings} />}
      <Dialogs />
      <InEveryAccount />
    </>
  );
}

/** What goes on in all of them, whichever is in front. */
function InEveryAccount() {
  return useAccounts().map(({ key }) => (
    <AccountProvider key={key} value={key}>
      <Arrivals />
      <WatchedPresence />
    </AccountProvider>
  ));
}

function WatchedPresence() {
  useWatchedPresence(useConversationInFront());
  return null;
}

/** In the desktop app the window is moved here, too, and what there is to say of the computer is said at once. */
function NothingInFront() {
  const isBrowser = useShell() === undefined;
  if (isBrowser) return <QuietPane />;
  return (
    <div className="flex h-full min-w-0 grow flex-col bg-base-100">
      <div className="drag-window h-13 shrink-0" />
      <AppBanner />
      <QuietPane />
    </div>
  );
}

/** List and thread side by side, one of them where the window is narrow; details beside or above the thread. */
function Conversations() {
  const { t } = useTranslation('app');
  const conversation = useConversation(useConversationInFront());
  const isDetailsOpen = useNavigation((navigation) => navigation.isDetailsOpen);
  const isReady = useAccount() !== undefined;
  const account = useAccountKey();
  return (
    <div className="relative flex h-full">
      <header className="sr-only">
        <h1>{t('appName')}</h1>
      </header>
      <main className="flex h-full min-w-0 grow">
        <div
          data-region="list"
          className={classNames(
            'box-content h-full w-80 shrink-0 border-e border-line bg-base-200 max-pair:box-border max-pair:w-full max-pair:border-0',
            conversation && 'max-pair:hidden',
          )}
        >
          {isReady ? <ListPane /> : <ListSkeleton />}
        </div>
        <div className={classNames('flex h-full min-w-0 grow', !conversation && 'max-pair:hidden')}>
          {conversation ? <ConversationPane conversation={conversation} /> : isReady && <NothingInFront />}
        </div>
      </main>
      {conversation && isDetailsOpen && <DetailsPanel key={account} conversation={conversation} />}
    </div>
  );
}
