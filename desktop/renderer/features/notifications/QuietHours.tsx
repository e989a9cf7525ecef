import { useTranslation } from 'react-i18next';
import type { NoticePreferences } from '../../../ipc/shell-api.ts';
import { Switch } from '../../ui/Switch.tsx';
import { TimeField } from '../../ui/TimeField.tsx';
import { SettingsRow } from '../settings/SettingsPart.tsx';

type Hours = NoticePreferences['quietHours'];

export interface QuietHoursProps extends Hours {
  onChange: (hours: Hours) => void;
}

export function QuietHours({ isOn, fromMinute, untilMinute, onChange }: QuietHoursProps) {
  const { t } = useTranslation('notifications');
  const change = (changes: Partial<Hours>) => onChange({ isOn, fromMinute, untilMinute, ...changes });
  return (
    <SettingsRow label={t('quietHours')} text={t('quietHoursText')}>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <div className="flex items-center gap-2 text-interface text-ink-2">
          <TimeField label={t('quietFrom')} minute={fromMinute} onChange={(minute) => change({ fromMinute: minute })} />
          {t('to')}
          <TimeField
            label={t('quietUntil')}
            minute={untilMinute}
            onChange={(minute) => change({ untilMinute: minute })}
          />
        </div>
        <Switch label={t('quietHours')} isOn={isOn} onChange={(value) => change({ isOn: value })} />
      </div>
    </SettingsRow>
  );
}
