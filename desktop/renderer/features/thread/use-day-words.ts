import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { daysBetween, useFormat } from '../../i18n/use-format.ts';

/** "Today", "Friday 20 November". */
export function useDayWords(): (at: number) => string {
  const { t } = useTranslation('thread');
  const format = useFormat();
  return useCallback(
    (at) => {
      const now = Date.now();
      return daysBetween(at, now) === 0 ? t('today') : format.day(at, now);
    },
    [t, format],
  );
}
