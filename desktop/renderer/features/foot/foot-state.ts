import type { TFunction } from 'i18next';
import type { ConnectionView } from '../../../engine/api/views.ts';
import type { Format } from '../../i18n/use-format.ts';
import type { LineTone } from '../../ui/Line.tsx';

export interface FootState {
  words: string;
  tooltip?: string;
  tone: LineTone;
  /** How much of the line is solid, 0 to 1. */
  solid: number;
  /** What can be done about it, beside the words. */
  action: 'settings' | 'try-now' | 'sign-in';
}

/** The line and the words at the foot of the list, for every state the connection can be in. */
export function footState(
  t: TFunction<'connection'>,
  format: Format,
  connection: ConnectionView,
  { waiting, now }: { waiting: number; now: number },
): FootState {
  const dashed = { solid: 0, action: 'settings' } as const;
  switch (connection.kind) {
    case 'current':
      return {
        words: t('current', { time: format.time(connection.asOf) }),
        tooltip: t('currentTooltip', { time: format.timeWithSeconds(connection.asOf) }),
        tone: 'primary',
        solid: 1,
        action: 'settings',
      };
    case 'catching-up': {
      const { done, total } = connection;
      const words = total === 0 ? t('catchingUpStart') : t('catchingUp', { done: format.number(done), count: total });
      return { ...dashed, words, tone: 'primary', solid: total === 0 ? 0 : done / total };
    }
    case 'checking': {
      const { asOf } = connection;
      const words = asOf === undefined ? t('checkingFirst') : t('checking', { time: format.time(asOf) });
      return { ...dashed, words, tone: 'accent-ink' };
    }
    case 'offline': {
      const time = format.time(connection.since);
      const words = waiting === 0 ? t('offline', { time }) : t('offlineWaiting', { time, count: waiting });
      return { ...dashed, words, tone: 'ink-3' };
    }
    case 'no-answer': {
      const seconds = Math.ceil((connection.retryAt - now) / 1000);
      const words = seconds > 0 ? t('noAnswer', { seconds: format.number(seconds) }) : t('noAnswerNow');
      return { ...dashed, words, tone: 'error-ink', action: 'try-now' };
    }
    case 'signed-out':
      return { ...dashed, words: t('signedOut'), tone: 'error-ink', action: 'sign-in' };
    case 'update-needed':
      return {
        ...dashed,
        words: t(connection.which === 'client' ? 'clientTooOld' : 'serverTooOld'),
        tone: 'error-ink',
      };
  }
}
