import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button.tsx';
import { IconButton } from './IconButton.tsx';
import { classNames } from './class-names.ts';
import { useReturnFocus } from './use-return-focus.ts';

export interface DialogProps {
  title: string;
  description?: string | undefined;
  onClose: () => void;
  children: ReactNode;
  className?: string;
}

/** Modal, open as long as it is mounted; Esc and a press beside it close it. The focus goes to the first field, and back afterwards. */
export function Dialog({ title, description, onClose, children, className }: DialogProps) {
  const { t } = useTranslation('controls');
  const popup = useRef<HTMLDivElement>(null);
  const returnFocus = useReturnFocus();
  return (
    <Base.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-240 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          ref={popup}
          initialFocus={() => popup.current?.querySelector<HTMLElement>('input, textarea') ?? popup.current}
          finalFocus={returnFocus}
          className={classNames(
            'fixed inset-x-4 top-[10.5vh] z-40 mx-auto flex max-h-[82vh] w-auto max-w-115 flex-col rounded-box border border-line bg-base-100 outline-none',
            'shadow-[0_12px_40px_-12px_var(--color-scrim)]',
            'transition-[opacity,translate] duration-240 data-ending-style:opacity-0 data-starting-style:translate-y-1 data-starting-style:opacity-0',
            className,
          )}
        >
          <header className="flex items-start gap-3 ps-5 pe-3 pt-3.5">
            <div className="min-w-0 grow pt-1">
              <Base.Title className="text-title">{title}</Base.Title>
              {description !== undefined && (
                <Base.Description className="pt-1 text-interface text-ink-2">{description}</Base.Description>
              )}
            </div>
            <IconButton icon={X} label={t('close')} onClick={onClose} />
          </header>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** Scrolls when the window is low. */
export function DialogBody({ children }: { children: ReactNode }) {
  return <div className="flex min-h-0 flex-col gap-4 overflow-y-auto px-5 pt-4 pb-1">{children}</div>;
}

export interface DialogActionsProps {
  /** What submitting the form does. */
  submit: string;
  isBusy: boolean;
  isDisabled?: boolean;
  onCancel: () => void;
}

/** The two ways out of a form. */
export function DialogActions({ submit, isBusy, isDisabled = false, onCancel }: DialogActionsProps) {
  const { t } = useTranslation('controls');
  return (
    <footer className="flex flex-wrap justify-end gap-2 px-5 pt-4 pb-5">
      <Button look="second" onClick={onCancel}>
        {t('cancel')}
      </Button>
      <Button type="submit" isBusy={isBusy} disabled={isDisabled}>
        {submit}
      </Button>
    </footer>
  );
}
