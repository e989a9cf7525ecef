import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../client/preferences-context.ts';
import { languages } from '../../i18n/start-i18n.ts';
import { SegmentedChoice } from '../../ui/SegmentedChoice.tsx';
import { SettingsPart, SettingsRow } from './SettingsPart.tsx';

export function LanguageSettings() {
  const { t } = useTranslation('settings');
  const [preferences, set] = usePreferences();
  const choose = (value: string) => {
    const { language: _old, ...others } = preferences;
    set(value === 'system' ? others : { ...others, language: value }, true);
  };
  return (
    <SettingsPart title={t('language')} text={t('languageText')}>
      <SettingsRow label={t('languageLabel')}>
        <SegmentedChoice
          label={t('languageLabel')}
          isLabelHidden
          value={preferences.language ?? 'system'}
          onChange={choose}
          options={[
            { value: 'system', label: t('languageSystem') },
            ...languages.map(({ code, name }) => ({ value: code, label: name })),
          ]}
        />
      </SettingsRow>
    </SettingsPart>
  );
}
