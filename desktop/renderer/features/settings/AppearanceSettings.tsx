import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../client/preferences-context.ts';
import { SegmentedChoice } from '../../ui/SegmentedChoice.tsx';
import { SettingsPart, SettingsRow } from './SettingsPart.tsx';

export function AppearanceSettings() {
  const { t } = useTranslation('settings');
  const [{ theme }, set] = usePreferences();
  return (
    <SettingsPart title={t('appearance')} text={t('appearanceText')}>
      <SettingsRow label={t('theme')}>
        <SegmentedChoice
          label={t('theme')}
          isLabelHidden
          value={theme}
          onChange={(value) => set({ theme: value })}
          options={[
            { value: 'system', label: t('themeSystem') },
            { value: 'light', label: t('themeLight') },
            { value: 'dark', label: t('themeDark') },
          ]}
        />
      </SettingsRow>
    </SettingsPart>
  );
}
