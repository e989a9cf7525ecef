import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { wireLimits } from '@parley/shared/contract/limits.ts';
import { useShowConversation } from '../../client/navigation.ts';
import { useCommand } from '../../client/use-command.ts';
import { useAccountNote } from '../../client/whose.ts';
import { Dialog, DialogActions, DialogBody } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/TextField.tsx';

export interface AddContactDialogProps {
  email?: string | undefined;
  onClose: () => void;
}

export function AddContactDialog({ email: suggested = '', onClose }: AddContactDialogProps) {
  const { t } = useTranslation('people');
  const show = useShowConversation();
  const note = useAccountNote();
  const { run, isBusy, error, clearError } = useCommand('addContact');
  const [email, setEmail] = useState(suggested);
  const [alias, setAlias] = useState('');
  const [isMissing, setIsMissing] = useState(false);

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    const wanted = email.trim();
    setIsMissing(wanted === '');
    if (wanted === '') return;
    const name = alias.trim();
    const added = await run(name === '' ? { email: wanted } : { email: wanted, alias: name });
    if (added) show(added.conversationId);
  };

  return (
    <Dialog
      title={t('addTitle')}
      description={note === undefined ? t('addText') : `${t('addText')} ${note}`}
      onClose={onClose}
    >
      <form onSubmit={submit} noValidate className="contents">
        <DialogBody>
          <TextField
            label={t('email')}
            type="email"
            dir="ltr"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={wireLimits.emailMaxChars}
            value={email}
            error={isMissing ? t('emailMissing') : error}
            onChange={(event) => {
              setEmail(event.target.value);
              setIsMissing(false);
              clearError();
            }}
          />
          <TextField
            label={t('alias')}
            hint={t('aliasHint')}
            dir="auto"
            autoComplete="off"
            maxLength={wireLimits.nameMaxChars}
            value={alias}
            onChange={(event) => setAlias(event.target.value)}
          />
        </DialogBody>
        <DialogActions submit={t('add')} isBusy={isBusy} onCancel={onClose} />
      </form>
    </Dialog>
  );
}
