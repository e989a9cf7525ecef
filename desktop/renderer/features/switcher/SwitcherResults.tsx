import { type LucideIcon, Plus, Settings, UserPlus } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccountLabels, useWhose } from '../../client/whose.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Highlight } from '../../ui/Highlight.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Key } from '../../ui/KeyHint.tsx';
import { Whose } from '../../ui/Whose.tsx';
import { PersonText } from '../../ui/PersonText.tsx';
import type { SwitcherItem } from './switcher-items.ts';

export interface SwitcherResultsProps {
  items: readonly SwitcherItem[];
  current: number;
  query: string;
  onChoose: (item: SwitcherItem) => void;
}

export function SwitcherResults({ items, current, query, onChoose }: SwitcherResultsProps) {
  const { t } = useTranslation('keyboard');
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView?.({ block: 'nearest' });
  }, [current, items]);

  const option = (item: SwitcherItem, index: number) => (
    <SwitcherOption key={item.key} item={item} isCurrent={index === current} query={query} onChoose={onChoose} />
  );
  const firstToDo = items.findIndex(({ kind }) => kind === 'do');
  const places = items.slice(0, firstToDo);
  return (
    <div
      ref={box}
      id="switcher-results"
      role="listbox"
      aria-label={t('peopleAndGroups')}
      className="min-h-0 overflow-y-auto px-2 pt-3 pb-2"
    >
      {places.length === 0 && (
        <p className="aside-voice px-3 pb-3 text-ink-2" role="presentation">
          {t('nothing', { query })}
        </p>
      )}
      {places.length > 0 && <GroupTitle>{t('peopleAndGroups')}</GroupTitle>}
      {places.map((item, index) => option(item, index))}
      <GroupTitle>{t('do')}</GroupTitle>
      {items.slice(firstToDo).map((item, index) => option(item, firstToDo + index))}
    </div>
  );
}

function GroupTitle({ children }: { children: string }) {
  return (
    <p role="presentation" className="px-3 pt-1 pb-1 text-label text-ink-2 not-first:pt-3">
      {children}
    </p>
  );
}

interface SwitcherOptionProps {
  item: SwitcherItem;
  isCurrent: boolean;
  query: string;
  onChoose: (item: SwitcherItem) => void;
}

function SwitcherOption({ item, isCurrent, query, onChoose }: SwitcherOptionProps) {
  const { t } = useTranslation('keyboard');
  return (
    // The field keeps the focus and moves through the options with the arrows.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={`switcher-${item.key}`}
      role="option"
      tabIndex={-1}
      aria-selected={isCurrent}
      onClick={() => onChoose(item)}
      className={`flex min-h-11.5 cursor-pointer items-center gap-3 rounded-field px-3 ${isCurrent ? 'bg-[color-mix(in_oklab,var(--color-primary)_11%,var(--color-base-100))]' : 'hover:bg-base-300/35'}`}
    >
      <OptionContent item={item} query={query} />
      {isCurrent && item.kind !== 'do' && (
        <span className="flex items-center gap-2 text-meta text-ink-2" aria-hidden="true">
          {t('open')} <Key>↵</Key>
        </span>
      )}
    </div>
  );
}

function OptionContent({ item, query }: Pick<SwitcherOptionProps, 'item' | 'query'>) {
  const { t } = useTranslation('keyboard');
  const whose = useWhose();
  const labels = useAccountLabels();
  if (item.kind === 'conversation') {
    const label = whose(item);
    const { conversation } = item;
    const kind = conversation.kind === 'direct' ? 'person' : 'group';
    return (
      <>
        <Avatar id={conversation.peerId ?? conversation.id} name={conversation.title} kind={kind} size={34} />
        <Name>
          <Highlight text={conversation.title} query={query} />
        </Name>
        {label !== undefined && <Whose label={label} />}
      </>
    );
  }
  if (item.kind === 'person') {
    const { person, account } = item;
    const label = labels?.get(account);
    return (
      <>
        <Avatar id={person.userId} name={person.name} kind="person" size={34} />
        <Name>
          <Highlight text={person.name} query={query} />{' '}
          <bdi dir="ltr" className="font-normal text-ink-2">
            <Highlight text={person.contact?.email ?? ''} query={query} />
          </bdi>
        </Name>
        {label !== undefined && <Whose label={label} />}
      </>
    );
  }
  const wanted = query.trim();
  const words = {
    'start-group': wanted === '' ? t('newGroup') : t('startGroup', { title: wanted }),
    'add-contact': wanted === '' ? t('addContact') : t('addThis', { email: wanted }),
    settings: t('openSettings'),
  } as const;
  const icons: Record<typeof item.what, LucideIcon> = {
    'start-group': Plus,
    'add-contact': UserPlus,
    settings: Settings,
  };
  return (
    <>
      <span className="inline-flex size-8.5 shrink-0 items-center justify-center rounded-field bg-base-300/70">
        <Icon icon={icons[item.what]} />
      </span>
      <Name>{words[item.what]}</Name>
    </>
  );
}

function Name({ children }: { children: ReactNode }) {
  return <PersonText className="min-w-0 grow truncate text-start text-name font-[550]">{children}</PersonText>;
}
