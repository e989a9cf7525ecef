import { useTranslation } from 'react-i18next';
import { unreadCountMax } from '@parley/shared/model/unread.ts';

export interface CountBadgeProps {
  /** More than 99 is shown as "99+". */
  count: number;
}

/** Marigold: something waits for you. */
export function CountBadge({ count }: CountBadgeProps) {
  const { t, i18n } = useTranslation('common');
  if (count <= 0) return null;
  const number = new Intl.NumberFormat(i18n.language);
  const isBeyond = count > unreadCountMax;
  const shown = isBeyond ? t('countBeyond', { count: unreadCountMax }) : number.format(count);
  return (
    <span className="inline-flex h-5 min-w-5 shrink-0 items-center justify-center rounded-full bg-accent px-1.5 text-meta font-bold text-accent-content tabular-nums">
      {shown}
    </span>
  );
}
