import { Dialog as Base } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEngine } from '../../client/engine-context.ts';
import { conversationInFront, useGo } from '../../client/navigation.ts';
import { useAllConversations, useAllPeople } from '../../client/selectors.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Key } from '../../ui/KeyHint.tsx';
import { useReturnFocus } from '../../ui/use-return-focus.ts';
import { type SwitcherItem, switcherItems } from './switcher-items.ts';
import { SwitcherResults } from './SwitcherResults.tsx';

export interface SwitcherProps {
  onClose: () => void;
}

/** Ctrl or Cmd+K: type a few letters, Enter goes there. */
export function Switcher({ onClose }: SwitcherProps) {
  const { t } = useTranslation('keyboard');
  const conversations = useAllConversations();
  const people = useAllPeople();
  const call = useEngine();
  const go = useGo();
  const [query, setQuery] = useState('');
  const [position, setPosition] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const returnFocus = useReturnFocus();
  const items = useMemo(() => switcherItems(query, conversations, people), [query, conversations, people]);
  const current = Math.min(position, items.length - 1);

  const choose = async (item: SwitcherItem | undefined) => {
    if (item?.kind === 'conversation') go(conversationInFront(item.account, item.conversation.id));
    if (item?.kind === 'person') {
      const { account, person } = item;
      const result = await call('openDirect', { account, userId: person.userId });
      if (result.ok) go(conversationInFront(account, result.value.conversationId));
    }
    if (item?.kind === 'do') go(item.dialog ? { dialog: item.dialog } : { dialog: undefined, settings: 'profile' });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const next = { ArrowDown: current + 1, ArrowUp: current - 1 }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      setPosition((next + items.length) % items.length);
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      void choose(items[current]);
    }
  };

  return (
    <Base.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Base.Popup
          initialFocus={field}
          finalFocus={returnFocus}
          aria-label={t('switcherLabel')}
          className="fixed inset-x-3 top-[10.4vh] z-40 mx-auto flex max-h-[70vh] max-w-150 flex-col overflow-hidden rounded-[1.125rem] border border-line bg-base-100 shadow-[0_16px_48px_-16px_var(--color-scrim)] outline-none transition-[opacity,translate] duration-240 data-starting-style:translate-y-1 data-starting-style:opacity-0"
        >
          <div className="flex h-14 shrink-0 items-center gap-3 border-b border-line px-5">
            <Icon icon={Search} className="text-ink-2" />
            <input
              ref={field}
              role="combobox"
              aria-expanded="true"
              aria-controls="switcher-results"
              aria-activedescendant={items[current] && `switcher-${items[current].key}`}
              aria-label={t('switcherLabel')}
              placeholder={t('switcherPlaceholder')}
              dir="auto"
              value={query}
              onKeyDown={onKeyDown}
              onChange={(event) => {
                setQuery(event.target.value);
                setPosition(0);
              }}
              className="min-w-0 grow bg-transparent text-[1.0625rem] leading-6 outline-none placeholder:text-ink-3"
            />
            <span className="text-meta text-ink-2 max-pair:hidden">{t('switcherScope')}</span>
          </div>
          <SwitcherResults items={items} current={current} query={query} onChoose={(item) => void choose(item)} />
          <footer
            className="flex h-10 shrink-0 items-center gap-2 border-t border-line px-5 text-meta text-ink-2"
            aria-hidden="true"
          >
            <Key>↑</Key>
            <Key>↓</Key>
            {t('choose')}
            <span className="w-2" />
            <Key>↵</Key>
            {t('open')}
          </footer>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
