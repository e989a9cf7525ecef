import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog, DialogActions, DialogBody } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/TextField.tsx';

export interface NameDialogProps {
  title: string;
  description?: string;
  label: string;
  name: string;
  maxLength: number;
  isBusy: boolean;
  error: string | undefined;
  onSave: (name: string) => void;
  onClose: () => void;
}

/** One name to change. */
export function NameDialog(props: NameDialogProps) {
  const { title, description, label, maxLength, isBusy, error, onSave, onClose } = props;
  const { t } = useTranslation('controls');
  const [name, setName] = useState(props.name);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    onSave(name.trim());
  };
  return (
    <Dialog title={title} {...(description === undefined ? {} : { description })} onClose={onClose}>
      <form onSubmit={submit} noValidate className="contents">
        <DialogBody>
          <TextField
            label={label}
            dir="auto"
            autoComplete="off"
            maxLength={maxLength}
            value={name}
            error={error}
            onChange={(event) => setName(event.target.value)}
          />
        </DialogBody>
        <DialogActions submit={t('save')} isBusy={isBusy} onCancel={onClose} />
      </form>
    </Dialog>
  );
}
