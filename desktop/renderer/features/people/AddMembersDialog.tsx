import { type SyntheticEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { wireLimits } from '@parley/shared/contract/limits.ts';
import { useAccount, useConversation, useMembers } from '../../client/selectors.ts';
import { useCommand } from '../../client/use-command.ts';
import { Dialog, DialogActions, DialogBody } from '../../ui/Dialog.tsx';
import { FieldNote } from '../../ui/TextField.tsx';
import { PeoplePicker } from './PeoplePicker.tsx';
import { useContacts } from './use-contacts.ts';

export interface AddMembersDialogProps {
  conversationId: string;
  onClose: () => void;
}

export function AddMembersDialog({ conversationId, onClose }: AddMembersDialogProps) {
  const { t } = useTranslation('people');
  const contacts = useContacts();
  const members = useMembers(conversationId);
  const title = useConversation(conversationId)?.title ?? '';
  const limit = useAccount()?.limits.maxGroupMembers ?? Infinity;
  const { run, isBusy, error } = useCommand('addMembers');
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const candidates = useMemo(() => {
    const present = new Set(members.map(({ userId }) => userId));
    return contacts.filter(({ userId }) => !present.has(userId));
  }, [contacts, members]);
  const isTooMany = picked.size + members.length > limit || picked.size > wireLimits.membersPerChange;

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (picked.size === 0 || isTooMany) return;
    const added = await run({ conversationId, userIds: [...picked] });
    if (added !== undefined) onClose();
  };

  return (
    <Dialog title={t('addMembersTitle', { title })} onClose={onClose}>
      <form onSubmit={submit} noValidate className="contents">
        <DialogBody>
          <PeoplePicker people={candidates} picked={picked} onPick={setPicked} empty={t('nobodyToAdd')} />
          <FieldNote id="add-members-note" error={isTooMany ? t('tooMany', { count: limit }) : error} />
        </DialogBody>
        <DialogActions submit={t('addMembers')} isBusy={isBusy} isDisabled={picked.size === 0} onCancel={onClose} />
      </form>
    </Dialog>
  );
}
