import { Lock } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountKey, AppView } from '../../../engine/api/views.ts';
import { useEngine } from '../../client/engine-context.ts';
import { useShortcut } from '../../client/shortcuts.ts';
import { Aside } from '../../ui/Aside.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { AccountForm } from './AccountForm.tsx';
import { AddressForm, type FoundServer } from './AddressForm.tsx';
import { AuthFrame } from './AuthFrame.tsx';

export interface AuthScreenProps {
  server: Extract<AppView, { phase: 'ready' }>['server'];
  /** One to begin with, where it is asked for. */
  address?: string | undefined;
  onDone?: (account: AccountKey) => void;
  /** There is something to go back to. */
  onBack?: (() => void) | undefined;
}

/** Nobody is signed in, or one more account is added: the server's address where it is asked for, then sign in or sign up. */
export function AuthScreen({ server, address: asked, onDone, onBack }: AuthScreenProps) {
  const { t } = useTranslation('auth');
  const { t: tError } = useTranslation('errors');
  const call = useEngine();
  const [found, setFound] = useState<FoundServer>();
  const [address, setAddress] = useState(asked ?? ((server.kind === 'ask' && server.suggested) || ''));
  const [mode, setMode] = useState<'sign-in' | 'sign-up'>('sign-in');
  const [fields, setFields] = useState({ name: '', email: '', password: '' });
  const isFixed = server.kind === 'fixed';

  useShortcut('close', () => {
    onBack?.();
    return onBack !== undefined;
  });

  useEffect(() => {
    if (!isFixed) return undefined;
    let isStale = false;
    void call('describeServer', {}).then((result) => {
      // Without an answer signing in is still offered; it will say what is wrong.
      if (result.ok && !isStale) setFound(result.value);
    });
    return () => {
      isStale = true;
    };
  }, [call, isFixed]);

  if (!isFixed && !found) {
    return (
      <AddressForm
        address={address}
        onBack={onBack}
        onFound={(answer) => {
          setAddress(answer.address);
          setFound(answer);
        }}
      />
    );
  }
  const canSignUp = found?.registration === 'open';
  return (
    <AuthFrame
      title={mode === 'sign-in' ? t('signInTitle') : t('signUpTitle')}
      lead={
        <p className="flex flex-wrap items-center justify-center gap-x-1.5 text-message">
          {!isFixed && <Icon icon={Lock} size={14} />}
          <bdi dir="ltr">{found?.address ?? window.location.host}</bdi>
          {!isFixed && (
            <>
              <span aria-hidden="true">·</span>
              <LinkButton onClick={() => setFound(undefined)}>{t('changeServer')}</LinkButton>
            </>
          )}
        </p>
      }
      onBack={onBack}
    >
      <AccountForm
        key={mode}
        mode={mode}
        address={isFixed ? undefined : found?.address}
        serverName={found?.address ?? window.location.host}
        takesFocus
        fields={fields}
        onFields={setFields}
        {...(onDone && { onDone })}
      />
      {canSignUp && (
        <LinkButton className="mx-auto mt-5 block" onClick={() => setMode(mode === 'sign-in' ? 'sign-up' : 'sign-in')}>
          {mode === 'sign-in' ? t('toSignUp') : t('toSignIn')}
        </LinkButton>
      )}
      {found?.registration === 'closed' && (
        <p className="mt-5 text-center">
          <Aside>{tError('registration_closed')}</Aside>
        </p>
      )}
    </AuthFrame>
  );
}
