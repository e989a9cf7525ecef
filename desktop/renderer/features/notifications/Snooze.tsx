import { useTranslation } from 'react-i18next';
import { snoozeUntil } from '@parley/shared/model/snooze.ts';
import { useNow } from '../../client/use-now.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Button } from '../../ui/Button.tsx';
import { SettingsRow } from '../settings/SettingsPart.tsx';

export interface SnoozeProps {
  /** Milliseconds since 1970; in the past: not snoozed. */
  until: number;
  onChange: (until: number) => void;
}

const lengths = [
  { length: 'half-an-hour', words: 'halfAnHour' },
  { length: 'an-hour', words: 'anHour' },
  { length: 'until-tomorrow', words: 'untilTomorrow' },
] as const;

export function Snooze({ until, onChange }: SnoozeProps) {
  const { t } = useTranslation('notifications');
  const format = useFormat();
  const isSnoozed = useNow(1000) < until;
  return (
    <SettingsRow
      label={t('snooze')}
      text={isSnoozed ? t('snoozedUntil', { time: format.time(until) }) : t('snoozeText')}
    >
      <div className="flex flex-wrap gap-2">
        {isSnoozed ? (
          <Button look="second" onClick={() => onChange(0)}>
            {t('resume')}
          </Button>
        ) : (
          lengths.map(({ length, words }) => (
            <Button
              key={length}
              look="second"
              className="!px-3 font-medium"
              onClick={() => onChange(snoozeUntil(length, Date.now()))}
            >
              {t(words)}
            </Button>
          ))
        )}
      </div>
    </SettingsRow>
  );
}
