import { useTranslation } from 'react-i18next';
import { SettingsPart, SettingsRow } from '../settings/SettingsPart.tsx';
import { OwnRules } from './OwnRules.tsx';

/** What a browser does in place of notifications, and for which conversations. */
export function BrowserNotices() {
  const { t } = useTranslation('notifications');
  return (
    <SettingsPart title={t('title')} text={t('browserText')}>
      <SettingsRow label={t('browserUsual')} text={t('browserUsualText')}>
        <p className="text-interface">{t('all')}</p>
      </SettingsRow>
      <OwnRules />
    </SettingsPart>
  );
}
