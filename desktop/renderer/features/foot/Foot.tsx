import { LogIn, RotateCw, Settings } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { AccountProvider, useAccountEngine, useAccountKey } from '../../client/engine-context.ts';
import { useConversationInFront, useGo } from '../../client/navigation.ts';
import { useAccounts, useApp } from '../../client/selectors.ts';
import { useAccountLabels } from '../../client/whose.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { PersonText } from '../../ui/PersonText.tsx';
import { Tooltip } from '../../ui/Tooltip.tsx';
import { Whose } from '../../ui/Whose.tsx';
import { AccountMenu } from './AccountMenu.tsx';
import { FootLine } from './FootLine.tsx';
import { useFootState } from './use-foot-state.ts';
import { worstAccount } from './worst-account.ts';
import type { AccountView } from '../../../engine/api/views.ts';

/**
 * The signature: who you are, and how near this device is to your server. Of several accounts it speaks of the one whose
 * conversation is in front, otherwise of the one that is furthest from its server.
 */
export function Foot() {
  const accounts = useAccounts();
  const inFront = useAccountKey();
  const isReading = useConversationInFront() !== undefined;
  const ownFirst = accounts.toSorted((a, b) => Number(b.key === inFront) - Number(a.key === inFront));
  const shown = isReading ? ownFirst[0] : worstAccount(ownFirst);
  if (!shown) return <div className="h-16" />;
  return (
    <AccountProvider value={shown.key}>
      <FootOf account={shown.account} />
    </AccountProvider>
  );
}

const whoClass = 'flex min-w-0 grow cursor-pointer items-center gap-2.5 rounded-field text-start';

function FootOf({ account }: { account: AccountView }) {
  const { t } = useTranslation('connection');
  const go = useGo();
  const app = useApp();
  const mayBeSeveral = app.phase === 'ready' && app.server.kind === 'ask';
  const foot = useFootState(account);
  const label = useAccountLabels()?.get(useAccountKey());
  const words = (
    <span className="aside-voice block truncate text-[0.84375rem] leading-[1.0625rem] text-ink-2 tabular-nums">
      {foot.words}
    </span>
  );
  const who = (
    <>
      <Avatar id={account.userId} name={account.name} kind="person" size={32} />
      <span className="min-w-0 grow">
        <span className="flex items-baseline gap-1.5 text-preview leading-[1.0625rem] font-semibold">
          <PersonText className="truncate">{account.name}</PersonText>
          {label !== undefined && <Whose label={label} />}
        </span>
        {foot.tooltip === undefined ? words : <Tooltip text={foot.tooltip}>{words}</Tooltip>}
      </span>
    </>
  );
  return (
    <footer aria-label={t('region')} className="relative h-15 shrink-0">
      <div className="absolute inset-x-0 -top-[2.5px] ps-3.5 pe-3.25">
        <FootLine tone={foot.tone} solid={foot.solid} />
      </div>
      <div className="flex h-full items-center gap-2.5 ps-3.5 pe-2.5">
        {mayBeSeveral ? (
          <AccountMenu trigger={who} className={whoClass} />
        ) : (
          <button type="button" onClick={() => go({ settings: 'profile' })} className={`focus-ring ${whoClass}`}>
            {who}
          </button>
        )}
        <FootAction action={foot.action} />
      </div>
      <p role="status" className="sr-only">
        {account.connection.kind === 'no-answer' ? t('noAnswerNow') : foot.words}
      </p>
    </footer>
  );
}

function FootAction({ action }: { action: 'settings' | 'try-now' | 'sign-in' }) {
  const { t } = useTranslation('connection');
  const call = useAccountEngine();
  const go = useGo();
  const account = useAccountKey();
  switch (action) {
    case 'try-now':
      return <IconButton icon={RotateCw} label={t('tryNow')} onClick={() => void call('connectNow', {})} />;
    case 'sign-in':
      return (
        <IconButton
          icon={LogIn}
          isMirrored
          label={t('signIn')}
          onClick={() => go({ dialog: { kind: 'sign-in-again', account } })}
        />
      );
    case 'settings':
      return <IconButton icon={Settings} label={t('settings')} onClick={() => go({ settings: 'profile' })} />;
  }
}
