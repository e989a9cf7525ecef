import { CSPProvider } from '@base-ui/react/csp-provider';
import { DirectionProvider } from '@base-ui/react/direction-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import type { i18n as I18n } from 'i18next';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import type { EngineApi } from '../../../engine/api/engine-api.ts';
import { EngineProvider } from '../../client/engine-context.ts';
import type { ClientStore } from '../../client/follow-engine.ts';
import { ShellProvider } from '../../client/shell/shell-context.ts';
import type { Shell } from '../../client/shell/shell-store.ts';
import { PreferencesProvider } from '../../client/preferences-context.ts';
import type { PreferencesStore } from '../../client/preferences.ts';
import { useApp } from '../../client/selectors.ts';
import { ShortcutProvider, ShortcutRegistry } from '../../client/shortcuts.ts';
import { ListSkeleton } from '../list/ListSkeleton.tsx';
import { ElsewhereScreen } from './ElsewhereScreen.tsx';
import { Home } from './Home.tsx';

export interface ParleyAppProps {
  engine: EngineApi;
  store: ClientStore;
  i18n: I18n;
  preferences: PreferencesStore;
  /** The desktop app around it; missing in a browser. */
  shell?: Shell | undefined;
}

/** The whole interface over one engine. */
export function ParleyApp({ engine, store, i18n, preferences, shell }: ParleyAppProps) {
  const handle = useMemo(() => ({ engine, store }), [engine, store]);
  return (
    <I18nextProvider i18n={i18n}>
      <CSPProvider disableStyleElements>
        <Directed>
          <Tooltip.Provider delay={500}>
            <PreferencesProvider value={preferences}>
              <EngineProvider value={handle}>
                <ShellProvider value={shell}>
                  <WithShortcuts>
                    <Phase />
                  </WithShortcuts>
                </ShellProvider>
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
    case 'ready':
      return <Home app={app} />;
  }
}
