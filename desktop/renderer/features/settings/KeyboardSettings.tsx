import { useTranslation } from 'react-i18next';
import { ShortcutTable } from '../keyboard/ShortcutTable.tsx';
import { SettingsPart } from './SettingsPart.tsx';

export function KeyboardSettings() {
  const { t } = useTranslation('settings');
  return (
    <SettingsPart title={t('keyboard')} text={t('keyboardText')}>
      <div className="flex flex-col gap-6">
        <ShortcutTable />
      </div>
    </SettingsPart>
  );
}
