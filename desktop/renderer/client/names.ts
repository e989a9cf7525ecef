import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeople } from './selectors.ts';

/** The first word of a name, for lines that have little room. */
export function shortName(name: string): string {
  return name.trim().split(/\s+/u)[0] ?? name;
}

/** Finds the short name of anybody, which is an alias as it is; "Someone" where this device does not know them. */
export function useShortNameOf(): (userId: string) => string {
  const people = usePeople();
  const { t } = useTranslation('names');
  return useCallback(
    (userId) => {
      const person = people.get(userId);
      return person ? (person.contact?.alias ?? shortName(person.name)) : t('someone');
    },
    [people, t],
  );
}
