import { CSPProvider } from '@base-ui/react/csp-provider';
import { DirectionProvider } from '@base-ui/react/direction-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import type { i18n as I18n } from 'i18next';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import type { EngineApi } from '../../../engine/api/engine-api.ts';
import { AccountProvider, EngineProvider } from '../../client/engine-context.ts';
import type { ClientStore } from '../../client/follow-engine.ts';
import { createNavigation, NavigationProvider } from '../../client/navigation.ts';
import { PreferencesProvider } from '../../client/preferences-context.ts';
import type { PreferencesStore } from '../../client/preferences.ts';
import { useApp } from '../../client/selectors.ts';
import { ShortcutProvider, ShortcutRegistry } from '../../client/shortcuts.ts';
import { AuthScreen } from '../auth/AuthScreen.tsx';
import { ListSkeleton } from '../list/ListSkeleton.tsx';
import { ElsewhereScreen } from './ElsewhereScreen.tsx';
import { Workspace } from './Workspace.tsx';

export interface ParleyAppProps {
  engine: EngineApi;
  store: ClientStore;
  i18n: I18n;
  preferences: PreferencesStore;
}

/** The whole interface over one engine. */
export function ParleyApp({ engine, store, i18n, preferences }: ParleyAppProps) {
  const handle = useMemo(() => ({ engine, store }), [engine, store]);
  return (
    <I18nextProvider i18n={i18n}>
      <CSPProvider disableStyleElements>
        <Directed>
          <Tooltip.Provider delay={500}>
            <PreferencesProvider value={preferences}>
              <EngineProvider value={handle}>
                <WithShortcuts>
                  <Phase />
                </WithShortcuts>
              </EngineProvider>
            </PreferencesProvider>
          </Tooltip.Provider>
        </Directed>
      </CSPProvider>
    </I18nextProvider>
  );
}

/** Menus and tooltips open along the direction of the language. */
function Directed({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  return <DirectionProvider direction={i18n.dir()}>{children}</DirectionProvider>;
}

function WithShortcuts({ children }: { children: ReactNode }) {
  const [registry] = useState(() => new ShortcutRegistry());
  useEffect(() => registry.listen(window), [registry]);
  return <ShortcutProvider value={registry}>{children}</ShortcutProvider>;
}

function Phase() {
  const app = useApp();
  switch (app.phase) {
    case 'starting':
      return (
        <div className="h-full w-80">
          <ListSkeleton />
        </div>
      );
    case 'elsewhere':
      return <ElsewhereScreen />;
    case 'ready': {
      const account = app.accounts[0];
      if (account === undefined) return <AuthScreen server={app.server} />;
      return <SignedIn key={account} account={account} />;
    }
  }
}

/** What is open belongs to the account: another one starts afresh. */
function SignedIn({ account }: { account: string }) {
  const [navigation] = useState(createNavigation);
  return (
    <AccountProvider value={account}>
      <NavigationProvider value={navigation}>
        <Workspace />
      </NavigationProvider>
    </AccountProvider>
  );
}
