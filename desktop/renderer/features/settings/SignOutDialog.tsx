import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccount } from '../../client/selectors.ts';
import { useCommand } from '../../client/use-command.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';

/** Asks first; with something still waiting it says how much would be lost. */
export function SignOutDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('settings');
  const known = useAccount()?.waiting ?? 0;
  const [refusedWith, setRefusedWith] = useState(0);
  const { run, isBusy, error } = useCommand('signOut');
  const waiting = Math.max(known, refusedWith);

  const signOut = async () => {
    const answer = await run({ force: waiting > 0 });
    if (answer?.signedOut === false) setRefusedWith(answer.waiting);
    else if (answer) onClose();
  };
  return (
    <ConfirmDialog
      title={t('signOutTitle')}
      text={waiting > 0 ? t('waiting', { count: waiting }) : t('nothingWaiting')}
      confirm={waiting > 0 ? t('signOutAnyway') : t('signOut')}
      cancel={t('stay')}
      isDanger={waiting > 0}
      isBusy={isBusy}
      error={error}
      onConfirm={() => void signOut()}
      onClose={onClose}
    />
  );
}
