import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { wireLimits } from '@parley/shared/contract/limits.ts';
import { isEmail } from '../../client/is-email.ts';
import { useShowConversation } from '../../client/navigation.ts';
import { useCommand } from '../../client/use-command.ts';
import { useAccountNote } from '../../client/whose.ts';
import { useTooLong } from '../../i18n/use-too-long.ts';
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
  const aliasTooLong = useTooLong(alias, wireLimits.nameMaxChars);
  const [problem, setProblem] = useState<string>();

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    const wanted = email.trim();
    const found = wanted === '' ? t('emailMissing') : isEmail(wanted) ? undefined : t('emailMalformed');
    setProblem(found);
    if (found !== undefined || aliasTooLong !== undefined) return;
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
            error={problem ?? error}
            onChange={(event) => {
              setEmail(event.target.value);
              setProblem(undefined);
              clearError();
            }}
          />
          <TextField
            label={t('alias')}
            hint={t('aliasHint')}
            dir="auto"
            autoComplete="off"
            value={alias}
            error={aliasTooLong}
            onChange={(event) => setAlias(event.target.value)}
          />
        </DialogBody>
        <DialogActions submit={t('add')} isBusy={isBusy} onCancel={onClose} />
      </form>
    </Dialog>
  );
}
