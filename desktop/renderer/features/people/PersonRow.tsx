import type { ReactNode } from 'react';
import type { PersonView } from '../../../engine/api/views.ts';
import { usePresence } from '../../client/selectors.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { PersonText } from '../../ui/PersonText.tsx';

export interface PersonRowProps {
  person: PersonView;
  /** A second line: the e-mail. */
  detail?: string | undefined;
  onClick: () => void;
  /** `true` or `false` where the row can be picked. */
  isPicked?: boolean;
  end?: ReactNode;
}

/** One person to choose. */
export function PersonRow({ person, detail, onClick, isPicked, end }: PersonRowProps) {
  const isOnline = usePresence(person.userId)?.isOnline;
  return (
    <button
      type="button"
      data-row={person.userId}
      onClick={onClick}
      role={isPicked === undefined ? undefined : 'checkbox'}
      aria-checked={isPicked}
      className="focus-ring-inside flex min-h-12 w-full cursor-pointer items-center gap-3 rounded-field px-2.5 py-1.5 text-start hover:bg-base-300/55"
    >
      <Avatar id={person.userId} name={person.name} kind="person" size={34} isOnline={isOnline} />
      <span className="min-w-0 grow">
        <PersonText className="block truncate text-start text-name font-[550]">{person.name}</PersonText>
        {detail !== undefined && (
          <bdi dir="ltr" className="block truncate text-start text-meta text-ink-2">
            {detail}
          </bdi>
        )}
      </span>
      {end}
    </button>
  );
}
