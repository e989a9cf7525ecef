import { SquarePen } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type OpenDialog, useGo } from '../../client/navigation.ts';
import { useAllConversations, useAllPeople } from '../../client/selectors.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Foot } from '../foot/Foot.tsx';
import { ConversationList } from './ConversationList.tsx';
import { findByName } from './find-conversations.ts';
import { ListNote } from './ListNote.tsx';
import { PersonResults } from './PersonResults.tsx';
import { SearchField } from './SearchField.tsx';

/** The left pane: search, conversations, and the foot. */
export function ListPane() {
  const { t } = useTranslation('list');
  const conversations = useAllConversations();
  const people = useAllPeople();
  const go = useGo();
  const [query, setQuery] = useState('');
  const rows = useRef<HTMLDivElement>(null);
  const found = useMemo(() => findByName(query, conversations, people), [query, conversations, people]);
  const hasHits = found.conversations.length > 0 || found.people.length > 0;
  const focusRows = () => rows.current?.querySelector<HTMLElement>('[data-row]')?.focus();

  return (
    <nav aria-label={t('region')} className="flex h-full min-h-0 flex-col bg-base-200">
      <header className="drag-window flex h-13 shrink-0 items-center gap-2 window-ps-3 pe-3 max-pair:window-pe-3">
        <SearchField value={query} onChange={setQuery} onLeave={focusRows} />
        <IconButton
          icon={SquarePen}
          label={t('newConversation')}
          onClick={() => go({ dialog: { kind: 'new-conversation' } })}
        />
      </header>
      <div ref={rows} className="relative mb-1.5 min-h-0 grow overflow-y-auto overscroll-contain pt-0.5 pb-2">
        {conversations.length === 0 && query === '' && (
          <ListNote words={t('empty')} action={t('start')} isActionElsewhere dialog={{ kind: 'new-conversation' }} />
        )}
        {query !== '' && !hasHits && (
          <ListNote words={t('noHits', { query: query.trim() })} action={t('addContact')} dialog={addContact(query)} />
        )}
        {found.conversations.length > 0 && <ConversationList conversations={found.conversations} />}
        <PersonResults people={found.people} />
      </div>
      <Foot />
    </nav>
  );
}

function addContact(query: string): OpenDialog {
  return query.includes('@') ? { kind: 'add-contact', email: query.trim() } : { kind: 'add-contact' };
}
