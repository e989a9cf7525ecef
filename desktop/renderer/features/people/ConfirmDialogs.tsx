import { useTranslation } from 'react-i18next';
import { useConversation, usePerson } from '../../client/selectors.ts';
import { useCommand } from '../../client/use-command.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';

interface OfPerson {
  userId: string;
  onClose: () => void;
}
interface OfConversation {
  conversationId: string;
  onClose: () => void;
}

/** Closes when the command went through. */
async function thenClose(done: Promise<unknown>, onClose: () => void): Promise<void> {
  if ((await done) !== undefined) onClose();
}

export function RemoveContactDialog({ userId, onClose }: OfPerson) {
  const { t } = useTranslation('people');
  const { t: tNames } = useTranslation('names');
  const name = usePerson(userId)?.name ?? tNames('someone');
  const { run, isBusy, error } = useCommand('removeContact');
  return (
    <ConfirmDialog
      title={t('removeContactTitle', { name })}
      text={t('removeContactText')}
      confirm={t('removeContact')}
      isBusy={isBusy}
      error={error}
      onConfirm={() => void thenClose(run({ userId }), onClose)}
      onClose={onClose}
    />
  );
}

export function RemoveMemberDialog({ conversationId, userId, onClose }: OfPerson & OfConversation) {
  const { t } = useTranslation('people');
  const { t: tNames } = useTranslation('names');
  const name = usePerson(userId)?.name ?? tNames('someone');
  const title = useConversation(conversationId)?.title ?? '';
  const { run, isBusy, error } = useCommand('removeMember');
  return (
    <ConfirmDialog
      title={t('removeMemberTitle', { name, title })}
      text={t('removeMemberText')}
      confirm={t('removeMember')}
      isBusy={isBusy}
      error={error}
      onConfirm={() => void thenClose(run({ conversationId, userId }), onClose)}
      onClose={onClose}
    />
  );
}

export function LeaveGroupDialog({ conversationId, onClose }: OfConversation) {
  const { t } = useTranslation('people');
  const title = useConversation(conversationId)?.title ?? '';
  const { run, isBusy, error } = useCommand('leaveGroup');
  return (
    <ConfirmDialog
      title={t('leaveTitle', { title })}
      text={t('leaveText')}
      confirm={t('leave')}
      isBusy={isBusy}
      error={error}
      onConfirm={() => void thenClose(run({ conversationId }), onClose)}
      onClose={onClose}
    />
  );
}
