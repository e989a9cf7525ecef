import { Check } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonView } from '../../../engine/api/views.ts';
import { Aside } from '../../ui/Aside.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { useRovingFocus } from '../../ui/use-roving-focus.ts';
import { FindField } from './FindField.tsx';
import { findPeople } from './find-people.ts';
import { PersonRow } from './PersonRow.tsx';

export interface PeoplePickerProps {
  people: readonly PersonView[];
  picked: ReadonlySet<string>;
  onPick: (picked: ReadonlySet<string>) => void;
  /** What is said when there is nobody to pick. */
  empty: string;
}

/** Picks several people by checking them. */
export function PeoplePicker({ people, picked, onPick, empty }: PeoplePickerProps) {
  const { t } = useTranslation('people');
  const [query, setQuery] = useState('');
  const found = useMemo(() => findPeople(query, people), [query, people]);
  const moveFocus = useRovingFocus('[data-row]');

  const toggle = (userId: string) => {
    const next = new Set(picked);
    if (!next.delete(userId)) next.add(userId);
    onPick(next);
  };

  return (
    <div className="flex min-h-0 flex-col gap-2">
      <FindField label={t('members')} query={query} onQuery={setQuery} />
      <p role="status" className="text-meta text-ink-2 tabular-nums">
        {t('picked', { count: picked.size })}
      </p>
      <ul ref={moveFocus} className="-mx-2.5 max-h-64 min-h-12 overflow-y-auto [--behind:var(--color-base-100)]">
        {found.map((person) => (
          <li key={person.userId}>
            <PersonRow
              person={person}
              isPicked={picked.has(person.userId)}
              onClick={() => toggle(person.userId)}
              end={<CheckBox isChecked={picked.has(person.userId)} />}
            />
          </li>
        ))}
        {found.length === 0 && (
          <li>
            <Aside className="block px-2.5 py-2">{people.length === 0 ? empty : t('noHits')}</Aside>
          </li>
        )}
      </ul>
    </div>
  );
}

function CheckBox({ isChecked }: { isChecked: boolean }) {
  const look = isChecked ? 'border-primary bg-primary text-primary-content' : 'border-field';
  return (
    <span
      aria-hidden="true"
      className={`inline-flex size-5 shrink-0 items-center justify-center rounded-[0.375rem] border ${look}`}
    >
      {isChecked && <Icon icon={Check} size={15} />}
    </span>
  );
}
