import { useTranslation } from 'react-i18next';
import type { UpdateState, UpdateStep } from '../../../ipc/shell-api.ts';
import { useShellCommand } from '../../client/shell/shell-context.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Button } from '../../ui/Button.tsx';
import { SettingsRow } from './SettingsPart.tsx';

/** The step that a state waits for, or is busy with. */
const steps: Partial<Record<UpdateState['kind'], UpdateStep>> = {
  resting: 'check',
  checking: 'check',
  offered: 'download',
  downloading: 'download',
  ready: 'install',
};

/** How far Parley is on the way to a newer one, and the next step there. */
export function UpdateRow({ update }: { update: UpdateState }) {
  const { t } = useTranslation('shell');
  const { run, error } = useShellCommand('update');
  const step = steps[update.kind];
  const isBusy = update.kind === 'checking' || update.kind === 'downloading';
  const words = useUpdateWords(update);
  return (
    <SettingsRow label={t('updates')} text={<span role="status">{error ?? words}</span>}>
      {step && (
        <Button look={step === 'check' ? 'second' : 'primary'} isBusy={isBusy} onClick={() => void run({ step })}>
          {t(`updateStep.${step}`)}
        </Button>
      )}
    </SettingsRow>
  );
}

function useUpdateWords(update: UpdateState): string {
  const { t } = useTranslation('shell');
  const format = useFormat();
  switch (update.kind) {
    case 'off':
      return t('updatesOff');
    case 'checking':
      return t('updateChecking');
    case 'downloading':
      return t('updateDownloading', { version: update.version, percent: format.number(update.percent) });
    case 'ready':
      return t('updateReadyText', { version: update.version });
    case 'offered':
      return update.error ? t(`updateError.${update.error}`) : t('updateOffered', { version: update.version });
    case 'resting':
      if (update.error) return t(`updateError.${update.error}`);
      return update.checkedAt === undefined
        ? t('updatesText')
        : t('updateNone', { time: format.time(update.checkedAt) });
  }
}
