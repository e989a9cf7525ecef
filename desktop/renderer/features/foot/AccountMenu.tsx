import { Check, Plus, Settings, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useGo, useNavigation } from '../../client/navigation.ts';
import { useAccounts } from '../../client/selectors.ts';
import { accountLabels } from '../../client/whose.ts';
import { ContentMenu, MenuItem } from '../../ui/Menu.tsx';
import { PersonText } from '../../ui/PersonText.tsx';
import { Whose } from '../../ui/Whose.tsx';

export interface AccountMenuProps {
  trigger: ReactNode;
  className: string;
}

/** Which account is in front, and one more. */
export function AccountMenu({ trigger, className }: AccountMenuProps) {
  const { t } = useTranslation('accounts');
  const go = useGo();
  const accounts = useAccounts();
  const labels = accountLabels(accounts);
  const wanted = useNavigation((navigation) => navigation.account) ?? accounts[0]?.key;
  const use = (account: string) => go({ account, conversationId: undefined, isDetailsOpen: false });
  return (
    <ContentMenu trigger={trigger} className={className}>
      {accounts.length > 1 &&
        accounts.map(({ key, account }) => (
          <MenuItem key={key} icon={key === wanted ? Check : UserRound} onClick={() => use(key)}>
            <PersonText className="truncate">{account.name}</PersonText>
            <Whose label={labels.get(key) ?? ''} />
            {key === wanted && <span className="sr-only">{t('inUse')}</span>}
          </MenuItem>
        ))}
      <MenuItem icon={Plus} onClick={() => go({ addAccount: {} })}>
        {t('add')}
      </MenuItem>
      <MenuItem icon={Settings} onClick={() => go({ settings: 'profile' })}>
        {t('settings')}
      </MenuItem>
    </ContentMenu>
  );
}
