import { useTranslation } from 'react-i18next';
import { useShell, useShellCommand } from '../../client/shell/shell-context.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Aside } from '../../ui/Aside.tsx';
import { Button } from '../../ui/Button.tsx';
import { FieldNote } from '../../ui/TextField.tsx';

/** Whether notifications come out of this computer at all, and a way to see one. */
export function GettingThrough() {
  const { t } = useTranslation('notifications');
  const shell = useShell();
  const format = useFormat();
  const { run, isBusy, error } = useShellCommand('testNotification');
  if (!shell) return null;
  const { canNotify, lastShown } = shell;
  const shown = lastShown
    ? t('lastShown', { time: format.time(lastShown.at), title: lastShown.title })
    : t('noneShown');
  return (
    <section aria-labelledby="getting-through" className="mt-7 rounded-box bg-base-200 px-4 py-4">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h3 id="getting-through" className="text-interface font-semibold">
            {t('gettingThrough')}
          </h3>
          <Aside role="status" className="block tabular-nums">
            {canNotify ? shown : t('cannotNotify')}
          </Aside>
        </div>
        <Button look="second" isBusy={isBusy} onClick={() => void run({})}>
          {t('sendTest')}
        </Button>
      </div>
      <FieldNote id="test-note" error={error} />
    </section>
  );
}
