import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccount, useApp } from '../../client/selectors.ts';
import { Dialog, DialogBody } from '../../ui/Dialog.tsx';
import { AccountForm } from './AccountForm.tsx';

/** The session is gone, the account and its waiting messages are still here. */
export function SignInAgainDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('auth');
  const account = useAccount();
  const app = useApp();
  const [fields, setFields] = useState({ name: '', email: account?.email ?? '', password: '' });
  const isWaiting = account !== undefined && account.waiting > 0;
  const isAsked = app.phase === 'ready' && app.server.kind === 'ask';
  return (
    <Dialog title={t('again')} description={isWaiting ? t('againWaiting') : t('againText')} onClose={onClose}>
      <DialogBody>
        <AccountForm
          mode="sign-in"
          address={isAsked ? account?.serverAddress : undefined}
          serverName={account?.serverAddress ?? ''}
          fields={fields}
          onFields={setFields}
          onDone={() => onClose()}
        />
        <div className="h-3" />
      </DialogBody>
    </Dialog>
  );
}
