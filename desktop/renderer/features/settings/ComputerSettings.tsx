import { useTranslation } from 'react-i18next';
import { useShell } from '../../client/shell/shell-context.ts';
import { useSettingsChange } from '../../client/shell/use-settings-change.ts';
import { Switch } from '../../ui/Switch.tsx';
import { FieldNote } from '../../ui/TextField.tsx';
import { SettingsPart, SettingsRow } from './SettingsPart.tsx';

/** How the desktop app starts and ends. Where there is no tray it says so. */
export function ComputerSettings() {
  const { t } = useTranslation('shell');
  const shell = useShell();
  const { change, error } = useSettingsChange();
  if (!shell) return null;
  const { platform, hasTray, settings } = shell;
  // macOS has the dock: closing the window never ends an app there.
  const canCloseToTray = platform !== 'mac';
  return (
    <SettingsPart title={t('computerTitle')} text={t('computerText')}>
      <div>
        <SettingsRow label={t('startsAtLogin')}>
          <Switch
            label={t('startsAtLogin')}
            isOn={settings.startsAtLogin}
            onChange={(startsAtLogin) => change({ startsAtLogin })}
          />
        </SettingsRow>
        <SettingsRow label={t('startsHidden')} text={hasTray ? t('startsHiddenText') : t('startsHiddenNoTray')}>
          <Switch
            label={t('startsHidden')}
            isOn={hasTray && settings.startsHidden}
            isDisabled={!hasTray || !settings.startsAtLogin}
            onChange={(startsHidden) => change({ startsHidden })}
          />
        </SettingsRow>
        {canCloseToTray && (
          <SettingsRow label={t('closesToTray')} text={hasTray ? t('closesToTrayText') : t('closesToTrayNoTray')}>
            <Switch
              label={t('closesToTray')}
              isOn={hasTray && settings.closesToTray}
              isDisabled={!hasTray}
              onChange={(closesToTray) => change({ closesToTray })}
            />
          </SettingsRow>
        )}
      </div>
      <FieldNote id="computer-note" error={error} />
    </SettingsPart>
  );
}
