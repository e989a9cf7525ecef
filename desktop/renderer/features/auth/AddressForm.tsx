import { Server } from 'lucide-react';
import { type SyntheticEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEngine } from '../../client/engine-context.ts';
import { errorWords } from '../../i18n/error-words.ts';
import { Aside } from '../../ui/Aside.tsx';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { AuthFrame } from './AuthFrame.tsx';

export interface FoundServer {
  address: string;
  registration: 'open' | 'closed';
}

export interface AddressFormProps {
  /** What was typed before. */
  address: string;
  onFound: (server: FoundServer) => void;
  onBack?: (() => void) | undefined;
}

/** Asks which server, and goes on only when Parley answers there. */
export function AddressForm({ address: typedBefore, onFound, onBack }: AddressFormProps) {
  const { t } = useTranslation('auth');
  const { t: tError } = useTranslation('errors');
  const call = useEngine();
  const [address, setAddress] = useState(typedBefore);
  const [error, setError] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => form.current?.querySelector('input')?.focus(), []);

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    const wanted = address.trim();
    if (wanted === '') {
      setError(t('addressMissing'));
      return;
    }
    setIsBusy(true);
    const result = await call('describeServer', { address: wanted });
    setIsBusy(false);
    if (result.ok) onFound(result.value);
    else setError(errorWords(tError, result.error, wanted));
  };

  return (
    <AuthFrame
      title={t('addressTitle')}
      lead={<p className="mx-auto max-w-60">{t('addressText')}</p>}
      onBack={onBack}
      foot={<Aside>{t('lineMeaning')}</Aside>}
    >
      <form ref={form} onSubmit={submit} noValidate className="flex flex-col gap-5">
        <TextField
          label={t('addressLabel')}
          size="large"
          icon={Server}
          hint={t('addressHint')}
          error={error}
          value={address}
          dir="ltr"
          inputMode="url"
          autoComplete="url"
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => {
            setAddress(event.target.value);
            setError(undefined);
          }}
        />
        <Button type="submit" size="large" isBusy={isBusy}>
          {t('continue')}
        </Button>
      </form>
    </AuthFrame>
  );
}
