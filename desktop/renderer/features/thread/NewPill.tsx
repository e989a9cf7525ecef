import { ArrowDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { classNames } from '../../ui/class-names.ts';
import { Icon } from '../../ui/Icon.tsx';

/** The engine counts up to one more than this. */
const unreadCountMax = 99;

export interface NewPillProps {
  unread: number;
  onPress: () => void;
}

/** Back to the newest message: marigold with their number while unread ones wait there, plain otherwise. */
export function NewPill({ unread, onPress }: NewPillProps) {
  const { t } = useTranslation(['thread', 'app']);
  const format = useFormat();
  const number = unread > unreadCountMax ? t('app:countBeyond', { count: unreadCountMax }) : format.number(unread);
  return (
    <button
      type="button"
      aria-label={unread > 0 ? `${t('new', { count: unread, number })}. ${t('toNewest')}` : t('toNewest')}
      onClick={onPress}
      className={classNames(
        'focus-ring pointer-events-auto flex h-8.5 cursor-pointer items-center justify-center gap-2 rounded-full text-interface',
        'transition-[opacity,translate] duration-180 starting:translate-y-1 starting:opacity-0',
        unread > 0
          ? 'bg-accent px-3.5 font-bold text-accent-content tabular-nums'
          : 'w-8.5 border border-line bg-base-100 text-ink-2 hover:text-base-content',
      )}
    >
      <Icon icon={ArrowDown} size={16} />
      {unread > 0 && t('new', { count: unread, number })}
    </button>
  );
}
