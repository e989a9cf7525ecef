import { Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { AccountProvider, useAccountKey } from '../../client/engine-context.ts';
import { useGo } from '../../client/navigation.ts';
import { type SignedInAccount, useAccounts } from '../../client/selectors.ts';
import { Aside } from '../../ui/Aside.tsx';
import { Avatar } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { PersonText } from '../../ui/PersonText.tsx';
import { useFootState } from '../foot/use-foot-state.ts';
import { SettingsPart } from './SettingsPart.tsx';

/** Who is signed in here, and one more. */
export function AccountSettings() {
  const { t } = useTranslation('accounts');
  const go = useGo();
  const accounts = useAccounts();
  const inFront = useAccountKey();
  return (
    <SettingsPart title={t('title')} text={t('text')}>
      <ul>
        {accounts.map((signedIn) => (
          <AccountProvider key={signedIn.key} value={signedIn.key}>
            <AccountRow
              account={signedIn.account}
              isInFront={signedIn.key === inFront}
              isAlone={accounts.length === 1}
            />
          </AccountProvider>
        ))}
      </ul>
      <Button className="mt-5" onClick={() => go({ addAccount: {} })}>
        <Icon icon={Plus} />
        {t('add')}
      </Button>
    </SettingsPart>
  );
}

interface AccountRowProps extends Pick<SignedInAccount, 'account'> {
  isInFront: boolean;
  isAlone: boolean;
}

function AccountRow({ account, isInFront, isAlone }: AccountRowProps) {
  const { t } = useTranslation('accounts');
  const go = useGo();
  const key = useAccountKey();
  const { words } = useFootState(account);
  const spoken = { account: `${account.name}, ${account.serverAddress}` };
  const isSignedOut = account.connection.kind === 'signed-out';
  return (
    <li className="flex min-h-18 flex-wrap items-center gap-x-4 gap-y-2 border-b border-line py-3.5">
      <Avatar id={account.userId} name={account.name} kind="person" size={34} />
      <div className="min-w-0 grow basis-60">
        <PersonText className="block truncate text-interface font-semibold">{account.name}</PersonText>
        <p className="wrap-anywhere text-preview text-ink-2 select-text">
          <bdi dir="ltr">{account.email}</bdi> · <bdi dir="ltr">{account.serverAddress}</bdi>
        </p>
        <Aside className="block truncate !text-preview tabular-nums">{words}</Aside>
      </div>
      <div className="flex items-center gap-2">
        {!isAlone && isInFront && <span className="text-preview text-ink-2">{t('inUse')}</span>}
        {!isAlone && !isInFront && (
          <Button
            look="second"
            aria-label={t('use', spoken)}
            onClick={() => go({ account: key, conversationId: undefined, isDetailsOpen: false })}
          >
            {t('useShort')}
          </Button>
        )}
        {isSignedOut && (
          <Button onClick={() => go({ dialog: { kind: 'sign-in-again', account: key } })}>{t('signIn')}</Button>
        )}
        <Button
          look="second"
          aria-label={t('signOutOf', spoken)}
          onClick={() => go({ dialog: { kind: 'sign-out', account: key } })}
        >
          {t('signOut')}
        </Button>
      </div>
    </li>
  );
}
