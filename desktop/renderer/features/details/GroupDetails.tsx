import { LogOut, Pencil } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationView } from '../../../engine/api/views.ts';
import { useGo } from '../../client/navigation.ts';
import { useAccount, useMembers, usePeople } from '../../client/selectors.ts';
import { Aside } from '../../ui/Aside.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { useRovingFocus } from '../../ui/use-roving-focus.ts';
import { useSubtitle } from '../header/use-subtitle.ts';
import { DetailsAction } from './DetailsAction.tsx';
import { DetailsHead } from './DetailsHead.tsx';
import { MemberRow } from './MemberRow.tsx';
import { NoticesSection } from './NoticesSection.tsx';

export interface GroupDetailsProps {
  conversation: ConversationView;
}

export function GroupDetails({ conversation }: GroupDetailsProps) {
  const { t } = useTranslation('details');
  const go = useGo();
  const { id: conversationId, state } = conversation;
  const subtitle = useSubtitle(conversation);
  const members = useMembers(conversationId);
  const people = usePeople();
  const account = useAccount();
  const { i18n } = useTranslation();
  const isIn = state === 'in';
  const moveFocus = useRovingFocus('[data-row]');
  const sorted = useMemo(() => {
    const collator = new Intl.Collator(i18n.language, { sensitivity: 'base' });
    const nameOf = (userId: string) => people.get(userId)?.name ?? '';
    return members.toSorted((a, b) => {
      if (a.role !== b.role) return a.role === 'owner' ? -1 : 1;
      return collator.compare(nameOf(a.userId), nameOf(b.userId));
    });
  }, [members, people, i18n.language]);

  return (
    <>
      <DetailsHead id={conversationId} name={conversation.title} kind="group" subtitle={subtitle} />
      <StateNote conversation={conversation} />
      {isIn && <NoticesSection conversation={conversation} />}
      <section aria-labelledby="members-title" className="-mx-5 border-t border-line px-5 pt-4">
        <div className="flex items-center justify-between pb-1">
          <h3 id="members-title" className="text-label text-ink-2 tabular-nums">
            {t('members', { count: conversation.memberCount })}
          </h3>
          {isIn && (
            <LinkButton
              isPlain
              className="text-preview"
              onClick={() => go({ dialog: { kind: 'add-members', conversationId } })}
            >
              {t('add')}
            </LinkButton>
          )}
        </div>
        <ul ref={moveFocus}>
          {sorted.map((member) => (
            <MemberRow
              key={member.userId}
              member={member}
              conversation={conversation}
              isMe={member.userId === account?.userId}
            />
          ))}
        </ul>
      </section>
      {isIn && (
        <div className="mt-4 -mx-5 border-t border-line px-5 pt-3">
          <DetailsAction icon={Pencil} onClick={() => go({ dialog: { kind: 'rename-group', conversationId } })}>
            {t('renameGroup')}
          </DetailsAction>
          <DetailsAction icon={LogOut} isDanger onClick={() => go({ dialog: { kind: 'leave-group', conversationId } })}>
            {t('leave')}
          </DetailsAction>
        </div>
      )}
    </>
  );
}

/** Why nothing can be done here any more. */
function StateNote({ conversation: { state, removedBy } }: GroupDetailsProps) {
  const { t } = useTranslation('details');
  const people = usePeople();
  if (state !== 'left' && state !== 'removed') return null;
  const remover = removedBy === undefined ? undefined : people.get(removedBy)?.name;
  const words = remover === undefined ? t('removed') : t('removedBy', { name: remover });
  return <Aside className="block pb-4 text-center text-balance">{state === 'left' ? t('left') : words}</Aside>;
}
