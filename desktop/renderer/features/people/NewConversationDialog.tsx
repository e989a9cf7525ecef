import { type LucideIcon, UserPlus, UsersRound } from 'lucide-react';
import { type SyntheticEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isEmail } from '../../client/is-email.ts';
import { useGo, useShowConversation } from '../../client/navigation.ts';
import { useCommand } from '../../client/use-command.ts';
import { useAccountNote } from '../../client/whose.ts';
import { Aside } from '../../ui/Aside.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { FieldNote } from '../../ui/TextField.tsx';
import { useRovingFocus } from '../../ui/use-roving-focus.ts';
import { FindField } from './FindField.tsx';
import { findPeople } from './find-people.ts';
import { PersonRow } from './PersonRow.tsx';
import { useContacts } from './use-contacts.ts';

/** Whom to write to: somebody known here, somebody by e-mail, or several. */
export function NewConversationDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('people');
  const go = useGo();
  const show = useShowConversation();
  const note = useAccountNote();
  const { run, error } = useCommand('openDirect');
  const contacts = useContacts();
  const [query, setQuery] = useState('');
  const found = useMemo(() => findPeople(query, contacts), [query, contacts]);
  const moveFocus = useRovingFocus('[data-row]');

  const open = async (userId: string) => {
    const opened = await run({ userId });
    if (opened) show(opened.conversationId);
  };
  const wanted = query.trim();
  const add = () => go({ dialog: { kind: 'add-contact', ...(wanted.includes('@') && { email: wanted }) } });
  const openBest = (event: SyntheticEvent) => {
    event.preventDefault();
    const isAddress = wanted.includes('@');
    const best = isAddress ? contacts.find(({ contact }) => isSameEmail(contact?.email, wanted)) : found[0];
    if (wanted !== '' && best) void open(best.userId);
    else if (isAddress) add();
  };

  return (
    <Dialog title={t('newTitle')} description={note} onClose={onClose}>
      <form onSubmit={openBest} noValidate className="px-5 pt-4 pb-2">
        <FindField label={t('findLabel')} query={query} onQuery={setQuery} />
        <FieldNote id="new-conversation-note" error={error} />
      </form>
      <div ref={moveFocus} className="min-h-0 overflow-y-auto px-2.5 pb-3 [--behind:var(--color-base-100)]">
        <ActionRow icon={UserPlus} onClick={add}>
          {isEmail(wanted) ? t('addThis', { email: wanted }) : t('addContact')}
        </ActionRow>
        <ActionRow icon={UsersRound} onClick={() => go({ dialog: { kind: 'new-group' } })}>
          {t('newGroup')}
        </ActionRow>
        <h3 className="px-2.5 pt-3 pb-1 text-label text-ink-2">{t('contacts')}</h3>
        {found.length === 0 && (
          <Aside className="block px-2.5 py-2">{contacts.length === 0 ? t('noContacts') : t('noHits')}</Aside>
        )}
        <ul>
          {found.map((person) => (
            <li key={person.userId}>
              <PersonRow person={person} detail={person.contact?.email} onClick={() => void open(person.userId)} />
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

function isSameEmail(a: string | undefined, b: string): boolean {
  return a?.toLowerCase() === b.toLowerCase();
}

interface ActionRowProps {
  icon: LucideIcon;
  onClick: () => void;
  children: string;
}

function ActionRow({ icon, onClick, children }: ActionRowProps) {
  return (
    <button
      type="button"
      data-row=""
      onClick={onClick}
      className="focus-ring-inside flex min-h-12 w-full cursor-pointer items-center gap-3 rounded-field px-2.5 text-start text-name font-[550] hover:bg-base-300/55"
    >
      <span className="inline-flex size-8.5 shrink-0 items-center justify-center rounded-field bg-base-300/70">
        <Icon icon={icon} />
      </span>
      {children}
    </button>
  );
}
