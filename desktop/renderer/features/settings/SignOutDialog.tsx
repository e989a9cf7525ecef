import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccount } from '../../client/selectors.ts';
import { useCommand } from '../../client/use-command.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';

/** Asks first; with something still waiting it says how much would be lost, and where the server cannot be told, what that means. */
export function SignOutDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('settings');
  const known = useAccount()?.waiting ?? 0;
  const [refusedWith, setRefusedWith] = useState(0);
  const [wasRefused, setWasRefused] = useState(false);
  const { run, isBusy, error } = useCommand('signOut');
  const waiting = Math.max(known, refusedWith);

  const insists = waiting > 0 || wasRefused;

  const signOut = async () => {
    const answer = await run({ force: insists });
    if (answer === undefined) setWasRefused(true);
    else if (answer.signedOut) onClose();
    else setRefusedWith(answer.waiting);
  };
  const textWithoutServer = wasRefused ? t('sessionStays') : t('nothingWaiting');
  return (
    <ConfirmDialog
      title={t('signOutTitle')}
      text={waiting > 0 ? t('waiting', { count: waiting }) : textWithoutServer}
      confirm={insists ? t('signOutAnyway') : t('signOut')}
      cancel={t('stay')}
      isDanger={insists}
      isBusy={isBusy}
      error={error}
      onConfirm={() => void signOut()}
      onClose={onClose}
    />
  );
}
