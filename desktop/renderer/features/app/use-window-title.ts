import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { unreadCountMax } from '@parley/shared/model/unread.ts';
import { useHeardTotal } from '../../client/selectors.ts';
import { useFormat } from '../../i18n/use-format.ts';

/** The tab says how much is unread. */
export function useWindowTitle(): void {
  const { t } = useTranslation('app');
  const unread = useHeardTotal();
  const format = useFormat();
  useEffect(() => {
    const shown = unread > unreadCountMax ? t('countBeyond', { count: unreadCountMax }) : format.number(unread);
    document.title = unread === 0 ? t('appName') : t('titleWithUnread', { unread: shown });
  }, [unread, t, format]);
}
