import { Pencil, UserMinus, UsersRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationView } from '../../../engine/api/views.ts';
import { shortName } from '../../client/names.ts';
import { useGo } from '../../client/navigation.ts';
import { usePerson } from '../../client/selectors.ts';
import { PersonText } from '../../ui/PersonText.tsx';
import { usePresenceWords } from '../header/use-subtitle.ts';
import { DetailsAction } from './DetailsAction.tsx';
import { DetailsHead } from './DetailsHead.tsx';
import { NoticesSection } from './NoticesSection.tsx';

export interface PersonDetailsProps {
  conversation: ConversationView;
}

export function PersonDetails({ conversation }: PersonDetailsProps) {
  const { t } = useTranslation('details');
  const go = useGo();
  const userId = conversation.peerId ?? '';
  const person = usePerson(userId);
  const presence = usePresenceWords(userId);
  if (!person) return <DetailsHead id={userId} name={conversation.title} kind="person" subtitle={presence} />;
  const { contact } = person;
  const isGroupPossible = contact !== undefined;
  return (
    <>
      <DetailsHead id={userId} name={person.name} kind="person" subtitle={presence} />
      {(contact !== undefined || person.ownName !== person.name) && (
        <dl className="flex flex-col gap-3 -mx-5 border-t border-line px-5 py-4">
          {contact && (
            <Fact label={t('email')}>
              <bdi dir="ltr">{contact.email}</bdi>
            </Fact>
          )}
          {person.ownName !== person.name && (
            <Fact label={t('ownName')}>
              <PersonText>{person.ownName}</PersonText>
            </Fact>
          )}
        </dl>
      )}
      <NoticesSection conversation={conversation} />
      {isGroupPossible && (
        <div className="-mx-5 border-t border-line px-5 pt-3">
          <DetailsAction icon={UsersRound} onClick={() => go({ dialog: { kind: 'new-group', memberIds: [userId] } })}>
            {t('addToGroup', { name: shortName(person.name) })}
          </DetailsAction>
          <DetailsAction icon={Pencil} onClick={() => go({ dialog: { kind: 'rename-contact', userId } })}>
            {t('rename')}
          </DetailsAction>
          <DetailsAction icon={UserMinus} isDanger onClick={() => go({ dialog: { kind: 'remove-contact', userId } })}>
            {t('removeContact')}
          </DetailsAction>
        </div>
      )}
    </>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-label text-ink-2">{label}</dt>
      <dd className="text-interface select-text">{children}</dd>
    </div>
  );
}
