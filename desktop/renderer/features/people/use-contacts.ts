import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonView } from '../../../engine/api/views.ts';
import { usePeople } from '../../client/selectors.ts';

/** Contacts by name, as the language sorts. */
export function useContacts(): readonly PersonView[] {
  const people = usePeople();
  const { i18n } = useTranslation();
  return useMemo(() => {
    const collator = new Intl.Collator(i18n.language, { sensitivity: 'base' });
    return [...people.values()]
      .filter(({ contact }) => contact !== undefined)
      .toSorted((a, b) => collator.compare(a.name, b.name));
  }, [people, i18n.language]);
}
