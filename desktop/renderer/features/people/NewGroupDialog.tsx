import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { wireLimits } from '@parley/shared/contract/limits.ts';
import { useShowConversation } from '../../client/navigation.ts';
import { useAccount } from '../../client/selectors.ts';
import { useCommand } from '../../client/use-command.ts';
import { useAccountNote } from '../../client/whose.ts';
import { useTooLong } from '../../i18n/use-too-long.ts';
import { Dialog, DialogActions, DialogBody } from '../../ui/Dialog.tsx';
import { SegmentedChoice } from '../../ui/SegmentedChoice.tsx';
import { FieldNote, TextField } from '../../ui/TextField.tsx';
import { PeoplePicker } from './PeoplePicker.tsx';
import { useContacts } from './use-contacts.ts';

export interface NewGroupDialogProps {
  title?: string | undefined;
  memberIds?: readonly string[] | undefined;
  onClose: () => void;
}

type History = 'everything' | 'since-joining';

export function NewGroupDialog({ title: suggested = '', memberIds = [], onClose }: NewGroupDialogProps) {
  const { t } = useTranslation('people');
  const show = useShowConversation();
  const note = useAccountNote();
  const contacts = useContacts();
  const limit = useAccount()?.limits.maxGroupMembers ?? Infinity;
  const { run, isBusy, error } = useCommand('createGroup');
  const [title, setTitle] = useState(suggested);
  const [isTitleMissing, setIsTitleMissing] = useState(false);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set(memberIds));
  const [history, setHistory] = useState<History>('everything');
  const titleTooLong = useTooLong(title, wireLimits.titleMaxChars);
  const isTooMany = picked.size + 1 > limit;

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    const name = title.trim();
    setIsTitleMissing(name === '');
    if (name === '' || titleTooLong !== undefined || isTooMany) return;
    const made = await run({ title: name, memberIds: [...picked], history });
    if (made) show(made.conversationId);
  };

  return (
    <Dialog title={t('groupTitle')} description={note} onClose={onClose}>
      <form onSubmit={submit} noValidate className="contents">
        <DialogBody>
          <TextField
            label={t('title')}
            dir="auto"
            autoComplete="off"
            value={title}
            error={isTitleMissing ? t('titleMissing') : titleTooLong}
            onChange={(event) => {
              setTitle(event.target.value);
              setIsTitleMissing(false);
            }}
          />
          <PeoplePicker people={contacts} picked={picked} onPick={setPicked} empty={t('noContacts')} />
          <SegmentedChoice<History>
            label={t('history')}
            value={history}
            onChange={setHistory}
            options={[
              { value: 'everything', label: t('historyEverything') },
              { value: 'since-joining', label: t('historySinceJoining') },
            ]}
          />
          <FieldNote id="new-group-note" error={isTooMany ? t('tooMany', { count: limit }) : error} />
        </DialogBody>
        <DialogActions submit={t('create')} isBusy={isBusy} onCancel={onClose} />
      </form>
    </Dialog>
  );
}
