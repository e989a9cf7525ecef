import { useTranslation } from 'react-i18next';
import { AccountProvider, useEngine } from '../../client/engine-context.ts';
import { conversationInFront, useGo } from '../../client/navigation.ts';
import type { ListedPerson } from '../../client/selectors.ts';
import { useAccountLabels } from '../../client/whose.ts';
import { PersonRow } from '../people/PersonRow.tsx';

export interface PersonResultsProps {
  people: readonly ListedPerson[];
}

/** Contacts who were found, and with whom nothing was written yet. */
export function PersonResults({ people }: PersonResultsProps) {
  const { t } = useTranslation('list');
  const call = useEngine();
  const labels = useAccountLabels();
  const go = useGo();
  if (people.length === 0) return null;
  const open = async ({ account, person: { userId } }: ListedPerson) => {
    const result = await call('openDirect', { account, userId });
    if (result.ok) go(conversationInFront(account, result.value.conversationId));
  };
  return (
    <section aria-label={t('people')} className="px-2 pt-3">
      <h2 className="px-2.5 pb-1 text-label text-ink-2">{t('people')}</h2>
      <ul>
        {people.map((listed) => (
          <li key={`${listed.account} ${listed.person.userId}`}>
            <AccountProvider value={listed.account}>
              <PersonRow
                person={listed.person}
                detail={labels?.get(listed.account) ?? listed.person.contact?.email}
                onClick={() => void open(listed)}
              />
            </AccountProvider>
          </li>
        ))}
      </ul>
    </section>
  );
}
