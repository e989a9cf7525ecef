import { useTranslation } from 'react-i18next';
import { Dialog, DialogBody } from '../../ui/Dialog.tsx';
import { ShortcutTable } from './ShortcutTable.tsx';

export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('keyboard');
  return (
    <Dialog title={t('title')} onClose={onClose}>
      <DialogBody>
        <ShortcutTable />
        <div className="h-3" />
      </DialogBody>
    </Dialog>
  );
}
