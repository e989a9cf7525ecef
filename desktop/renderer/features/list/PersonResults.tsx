import { useTranslation } from 'react-i18next';
import type { PersonView } from '../../../engine/api/views.ts';
import { useAccountEngine } from '../../client/engine-context.ts';
import { conversationInFront, useGo } from '../../client/navigation.ts';
import { PersonRow } from '../people/PersonRow.tsx';

export interface PersonResultsProps {
  people: readonly PersonView[];
}

/** Contacts who were found, and with whom nothing was written yet. */
export function PersonResults({ people }: PersonResultsProps) {
  const { t } = useTranslation('list');
  const call = useAccountEngine();
  const go = useGo();
  if (people.length === 0) return null;
  const open = async (userId: string) => {
    const result = await call('openDirect', { userId });
    if (result.ok) go(conversationInFront(result.value.conversationId));
  };
  return (
    <section aria-label={t('people')} className="px-2 pt-3">
      <h2 className="px-2.5 pb-1 text-label text-ink-2">{t('people')}</h2>
      <ul>
        {people.map((person) => (
          <li key={person.userId}>
            <PersonRow person={person} detail={person.contact?.email} onClick={() => void open(person.userId)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
