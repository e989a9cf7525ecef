import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEngine } from '../../client/engine-context.ts';
import { Button } from '../../ui/Button.tsx';
import { AuthFrame } from '../auth/AuthFrame.tsx';

/** Another tab holds the engine. */
export function ElsewhereScreen() {
  const { t } = useTranslation('app');
  const call = useEngine();
  const [isBusy, setIsBusy] = useState(false);
  const take = async () => {
    setIsBusy(true);
    await call('useHere', {});
    setIsBusy(false);
  };
  return (
    <AuthFrame title={t('elsewhereTitle')} lead={<p>{t('elsewhereText')}</p>}>
      <Button size="large" className="w-full" isBusy={isBusy} onClick={() => void take()}>
        {t('useHere')}
      </Button>
    </AuthFrame>
  );
}
