import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../../engine/api/views.ts';
import { useNow } from '../../client/use-now.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { type FootState, footState } from './foot-state.ts';

/** The foot's state; the seconds until the next try count down. */
export function useFootState(account: AccountView): FootState {
  const { t } = useTranslation('connection');
  const format = useFormat();
  const now = useNow(1000, account.connection.kind === 'no-answer');
  return footState(t, format, account.connection, { waiting: account.waiting, now });
}
