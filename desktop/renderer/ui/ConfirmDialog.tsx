import { AlertDialog as Base } from '@base-ui/react/alert-dialog';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button.tsx';
import { FieldNote } from './TextField.tsx';

export interface ConfirmDialogProps {
  /** Asks, and names what is meant. */
  title: string;
  /** What follows from it. */
  text: string;
  confirm: string;
  /** The way back, which has the focus; "Cancel" where nothing is said. */
  cancel?: string;
  isDanger?: boolean;
  isBusy?: boolean;
  error?: string | undefined;
  onConfirm: () => void;
  onClose: () => void;
}

/** A question before something that is hard to take back. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, text, confirm, cancel, isDanger = true, isBusy = false, error, onConfirm, onClose } = props;
  const { t } = useTranslation('controls');
  const wayBack = useRef<HTMLButtonElement>(null);
  return (
    <Base.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Base.Popup
          initialFocus={wayBack}
          className="fixed inset-x-4 top-[24vh] z-40 mx-auto max-w-100 rounded-box border border-line bg-base-100 p-5 shadow-[0_12px_40px_-12px_var(--color-scrim)] outline-none"
        >
          <Base.Title className="text-title">{title}</Base.Title>
          <Base.Description className="pt-2 text-interface text-ink-2">{text}</Base.Description>
          <FieldNote id="confirm-note" error={error} />
          <div className="flex flex-wrap justify-end gap-2 pt-5">
            <Button ref={wayBack} look="second" onClick={onClose}>
              {cancel ?? t('cancel')}
            </Button>
            <Button look={isDanger ? 'danger' : 'primary'} isBusy={isBusy} onClick={onConfirm}>
              {confirm}
            </Button>
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
