import type { i18n as I18n } from 'i18next';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { AuthFrame } from '../auth/AuthFrame.tsx';

/** There is no engine, so there is nothing else to show. */
export function StartFailure({ i18n }: { i18n: I18n }) {
  return (
    <I18nextProvider i18n={i18n}>
      <Screen />
    </I18nextProvider>
  );
}

function Screen() {
  const { t } = useTranslation('app');
  return (
    <AuthFrame title={t('startFailedTitle')} lead={<p>{t('startFailedText')}</p>}>
      <Button size="large" className="w-full" onClick={() => window.location.reload()}>
        {t('loadAgain')}
      </Button>
    </AuthFrame>
  );
}
