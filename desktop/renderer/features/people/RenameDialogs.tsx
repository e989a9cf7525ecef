import { useTranslation } from 'react-i18next';
import { wireLimits } from '@parley/shared/contract/limits.ts';
import { useConversation, usePerson } from '../../client/selectors.ts';
import { useCommand } from '../../client/use-command.ts';
import { NameDialog } from './NameDialog.tsx';

export interface RenameContactDialogProps {
  userId: string;
  onClose: () => void;
}

/** An empty name takes the own name away again. */
export function RenameContactDialog({ userId, onClose }: RenameContactDialogProps) {
  const { t } = useTranslation('people');
  const person = usePerson(userId);
  const { run, isBusy, error } = useCommand('renameContact');
  if (!person) return null;
  const save = async (alias: string) => {
    const done = await run(alias === '' || alias === person.ownName ? { userId } : { userId, alias });
    if (done !== undefined) onClose();
  };
  return (
    <NameDialog
      title={t('renameTitle', { name: person.name })}
      description={t('renameText', { name: person.ownName })}
      label={t('renameLabel')}
      name={person.contact?.alias ?? person.ownName}
      maxChars={wireLimits.nameMaxChars}
      isBusy={isBusy}
      error={error}
      onSave={(name) => void save(name)}
      onClose={onClose}
    />
  );
}

export interface RenameGroupDialogProps {
  conversationId: string;
  onClose: () => void;
}

export function RenameGroupDialog({ conversationId, onClose }: RenameGroupDialogProps) {
  const { t } = useTranslation('people');
  const conversation = useConversation(conversationId);
  const { run, isBusy, error } = useCommand('renameGroup');
  if (!conversation) return null;
  const save = async (title: string) => {
    if (title === '') return;
    const done = await run({ conversationId, title });
    if (done !== undefined) onClose();
  };
  return (
    <NameDialog
      title={t('renameGroupTitle')}
      label={t('title')}
      name={conversation.title}
      maxChars={wireLimits.titleMaxChars}
      isBusy={isBusy}
      error={error}
      onSave={(title) => void save(title)}
      onClose={onClose}
    />
  );
}
