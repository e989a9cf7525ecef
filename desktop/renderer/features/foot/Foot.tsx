import { LogIn, RotateCw, Settings } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useAccountEngine } from '../../client/engine-context.ts';
import { useGo } from '../../client/navigation.ts';
import { useAccount } from '../../client/selectors.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { PersonText } from '../../ui/PersonText.tsx';
import { Tooltip } from '../../ui/Tooltip.tsx';
import { FootLine } from './FootLine.tsx';
import { useFootState } from './use-foot-state.ts';
import type { AccountView } from '../../../engine/api/views.ts';

/** The signature: who you are, and how near this device is to your server. */
export function Foot() {
  const account = useAccount();
  return account ? <FootOf account={account} /> : <div className="h-16" />;
}

function FootOf({ account }: { account: AccountView }) {
  const { t } = useTranslation('connection');
  const go = useGo();
  const foot = useFootState(account);
  const words = (
    <span className="aside-voice block truncate text-[0.84375rem] leading-[1.0625rem] text-ink-2 tabular-nums">
      {foot.words}
    </span>
  );
  return (
    <footer aria-label={t('region')} className="relative h-15 shrink-0">
      <div className="absolute inset-x-0 -top-[2.5px] ps-3.5 pe-3.25">
        <FootLine tone={foot.tone} solid={foot.solid} />
      </div>
      <div className="flex h-full items-center gap-2.5 ps-3.5 pe-2.5">
        <button
          type="button"
          onClick={() => go({ settings: 'profile' })}
          className="focus-ring flex min-w-0 grow cursor-pointer items-center gap-2.5 rounded-field text-start"
        >
          <Avatar id={account.userId} name={account.name} kind="person" size={32} />
          <span className="min-w-0 grow">
            <PersonText className="block truncate text-preview leading-[1.0625rem] font-semibold">
              {account.name}
            </PersonText>
            {foot.tooltip === undefined ? words : <Tooltip text={foot.tooltip}>{words}</Tooltip>}
          </span>
        </button>
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
  switch (action) {
    case 'try-now':
      return <IconButton icon={RotateCw} label={t('tryNow')} onClick={() => void call('connectNow', {})} />;
    case 'sign-in':
      return (
        <IconButton
          icon={LogIn}
          isMirrored
          label={t('signIn')}
          onClick={() => go({ dialog: { kind: 'sign-in-again' } })}
        />
      );
    case 'settings':
      return <IconButton icon={Settings} label={t('settings')} onClick={() => go({ settings: 'profile' })} />;
  }
}
