import { useTranslation } from 'react-i18next';
import type { NoticePreferences } from '../../../ipc/shell-api.ts';
import { useShell } from '../../client/shell/shell-context.ts';
import { useSettingsChange } from '../../client/shell/use-settings-change.ts';
import { SegmentedChoice } from '../../ui/SegmentedChoice.tsx';
import { Select } from '../../ui/Select.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { FieldNote } from '../../ui/TextField.tsx';
import { SettingsPart, SettingsRow } from '../settings/SettingsPart.tsx';
import { BrowserNotices } from './BrowserNotices.tsx';
import { GettingThrough } from './GettingThrough.tsx';
import { NoticeLog } from './NoticeLog.tsx';
import { OwnRules } from './OwnRules.tsx';
import { QuietHours } from './QuietHours.tsx';
import { Snooze } from './Snooze.tsx';

/** What is told of new messages here. */
export function NotificationSettings() {
  const notifications = useShell()?.settings.notifications;
  return notifications ? <ComputerNotices notifications={notifications} /> : <BrowserNotices />;
}

function ComputerNotices({ notifications }: { notifications: NoticePreferences }) {
  const { t } = useTranslation('notifications');
  const { changeNotices, error } = useSettingsChange();
  const { isOn, choice, shows, hasSound } = notifications;
  return (
    <SettingsPart title={t('title')} text={t('text')}>
      <div>
        <SettingsRow label={t('show')}>
          <Switch label={t('show')} isOn={isOn} onChange={(value) => changeNotices({ isOn: value })} />
        </SettingsRow>
        <SettingsRow label={t('tellAbout')} text={t('tellAboutText')}>
          <SegmentedChoice
            label={t('tellAbout')}
            isLabelHidden
            value={choice}
            onChange={(value) => changeNotices({ choice: value })}
            options={[
              { value: 'all', label: t('all') },
              { value: 'mentions', label: t('mentions') },
              { value: 'nothing', label: t('nothing') },
            ]}
          />
        </SettingsRow>
        <SettingsRow label={t('shows')} text={t('showsText')}>
          <Select
            label={t('shows')}
            value={shows}
            onChange={(value) => changeNotices({ shows: value })}
            options={[
              { value: 'message', label: t('showsMessage') },
              { value: 'name', label: t('showsName') },
              { value: 'nothing', label: t('showsNothing') },
            ]}
          />
        </SettingsRow>
        <SettingsRow label={t('sound')}>
          <Switch label={t('sound')} isOn={hasSound} onChange={(value) => changeNotices({ hasSound: value })} />
        </SettingsRow>
        <QuietHours {...notifications.quietHours} onChange={(quietHours) => changeNotices({ quietHours })} />
        <Snooze until={notifications.snoozedUntil} onChange={(snoozedUntil) => changeNotices({ snoozedUntil })} />
      </div>
      <FieldNote id="notifications-note" error={error} />
      <OwnRules />
      <GettingThrough />
      <NoticeLog />
    </SettingsPart>
  );
}
