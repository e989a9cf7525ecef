import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTooLong } from '../../i18n/use-too-long.ts';
import { Dialog, DialogActions, DialogBody } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/TextField.tsx';

export interface NameDialogProps {
  title: string;
  description?: string;
  label: string;
  name: string;
  maxChars: number;
  isBusy: boolean;
  error: string | undefined;
  onSave: (name: string) => void;
  onClose: () => void;
}

/** One name to change. */
export function NameDialog(props: NameDialogProps) {
  const { title, description, label, maxChars, isBusy, error, onSave, onClose } = props;
  const { t } = useTranslation('controls');
  const [name, setName] = useState(props.name);
  const tooLong = useTooLong(name, maxChars);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (tooLong === undefined) onSave(name.trim());
  };
  return (
    <Dialog title={title} {...(description === undefined ? {} : { description })} onClose={onClose}>
      <form onSubmit={submit} noValidate className="contents">
        <DialogBody>
          <TextField
            label={label}
            dir="auto"
            autoComplete="off"
            value={name}
            error={tooLong ?? error}
            onChange={(event) => setName(event.target.value)}
          />
        </DialogBody>
        <DialogActions submit={t('save')} isBusy={isBusy} onCancel={onClose} />
      </form>
    </Dialog>
  );
}
