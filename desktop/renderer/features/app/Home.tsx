import { useEffect, useState } from 'react';
import type { AppView } from '../../../engine/api/views.ts';
import { AccountProvider } from '../../client/engine-context.ts';
import { createNavigation, NavigationProvider, useGo, useNavigation } from '../../client/navigation.ts';
import { AuthScreen } from '../auth/AuthScreen.tsx';
import { useShellErrands } from './use-shell-errands.ts';
import { Workspace } from './Workspace.tsx';

type ReadyApp = Extract<AppView, { phase: 'ready' }>;

/** The engine is there: what it has, or how to get in. */
export function Home({ app }: { app: ReadyApp }) {
  const [navigation] = useState(createNavigation);
  return (
    <NavigationProvider value={navigation}>
      <AccountInFront {...app} />
    </NavigationProvider>
  );
}

/** Everything below speaks of one account, also where several are in one list; nothing stays in front of one that is gone. */
function AccountInFront({ accounts, server }: ReadyApp) {
  const go = useGo();
  const wanted = useNavigation(({ account }) => account);
  const adding = useNavigation(({ addAccount }) => addAccount);
  const isGone = wanted !== undefined && !accounts.includes(wanted);
  const isEmpty = accounts.length === 0;
  useShellErrands(accounts);

  useEffect(() => {
    if (isGone) go({ account: undefined, conversationId: undefined, isDetailsOpen: false, dialog: undefined });
  }, [isGone, go]);
  useEffect(() => {
    if (isEmpty) go({ settings: undefined, dialog: undefined });
  }, [isEmpty, go]);

  const account = isGone || wanted === undefined ? accounts[0] : wanted;
  if (account === undefined || adding) {
    return (
      <AuthScreen
        key={adding?.address}
        server={server}
        address={adding?.address}
        onDone={(signedIn) => go({ account: signedIn, conversationId: undefined, addAccount: undefined })}
        onBack={isEmpty ? undefined : () => go({ addAccount: undefined })}
      />
    );
  }
  return (
    <AccountProvider value={account}>
      <Workspace />
    </AccountProvider>
  );
}
