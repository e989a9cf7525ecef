import { useTranslation } from 'react-i18next';
import { unreadCountMax } from '@parley/shared/model/unread.ts';

export interface CountBadgeProps {
  /** More than 99 is shown as "99+". */
  count: number;
  /** Outlined: the person does not want to hear of these. */
  isQuiet?: boolean;
  /** One of them calls the person by name. */
  isMention?: boolean;
}

/** Marigold: something waits for you. */
export function CountBadge({ count, isQuiet = false, isMention = false }: CountBadgeProps) {
  const { t, i18n } = useTranslation('app');
  if (count <= 0) return null;
  const number = new Intl.NumberFormat(i18n.language);
  const isBeyond = count > unreadCountMax;
  const shown = isBeyond ? t('countBeyond', { count: unreadCountMax }) : number.format(count);
  const look = isQuiet ? 'border border-field font-semibold text-ink-2' : 'bg-accent font-bold text-accent-content';
  return (
    <span
      className={`inline-flex h-5 min-w-5 shrink-0 items-center justify-center rounded-full px-1.5 text-meta tabular-nums ${look}`}
    >
      {isMention ? '@' : shown}
    </span>
  );
}
