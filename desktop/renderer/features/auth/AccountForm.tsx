import { type SyntheticEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { wireLimits } from '@parley/shared/contract/limits.ts';
import type { AccountKey } from '../../../engine/api/views.ts';
import { useEngine } from '../../client/engine-context.ts';
import { errorWords } from '../../i18n/error-words.ts';
import { useTooLong } from '../../i18n/use-too-long.ts';
import { Button } from '../../ui/Button.tsx';
import { FieldNote, TextField } from '../../ui/TextField.tsx';
import { checkFields, type FieldErrors, fieldOf, type Fields } from './account-fields.ts';
import { PasswordField } from './PasswordField.tsx';

export interface AccountFormProps {
  mode: 'sign-in' | 'sign-up';
  /** Missing where the page's own server is meant. */
  address?: string | undefined;
  /** What is said of the server in messages. */
  serverName: string;
  fields: Fields;
  onFields: (fields: Fields) => void;
  onDone?: (account: AccountKey) => void;
  /** Begins at its first field, where nothing around it sees to that. */
  takesFocus?: boolean;
}

/** Signs in or up. What was typed stays until the engine has answered with an account. */
export function AccountForm({
  mode,
  address,
  serverName,
  fields,
  onFields,
  onDone,
  takesFocus = false,
}: AccountFormProps) {
  const { t } = useTranslation('auth');
  const { t: tError } = useTranslation('errors');
  const call = useEngine();
  const form = useRef<HTMLFormElement>(null);
  const [errors, setErrors] = useState<FieldErrors & { form?: string }>({});
  const [isBusy, setIsBusy] = useState(false);
  const nameTooLong = useTooLong(fields.name, wireLimits.nameMaxChars);

  useEffect(() => {
    if (takesFocus) form.current?.querySelector('input')?.focus();
  }, [takesFocus]);

  const show = (found: FieldErrors & { form?: string }) => {
    setErrors(found);
    const first = (['name', 'email', 'password'] as const).find((field) => found[field] !== undefined);
    if (first) form.current?.querySelector<HTMLInputElement>(`input[autocomplete$="${first}"]`)?.focus();
  };

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    const found = checkFields(t, fields, mode);
    if (mode === 'sign-up' && nameTooLong !== undefined) found.name = nameTooLong;
    show(found);
    if (Object.keys(found).length > 0) return;
    setIsBusy(true);
    const input = {
      ...(address === undefined ? {} : { address }),
      email: fields.email.trim(),
      password: fields.password,
    };
    const result = await (mode === 'sign-in'
      ? call('signIn', input)
      : call('register', { ...input, name: fields.name.trim() }));
    setIsBusy(false);
    if (result.ok) onDone?.(result.value.account);
    else show({ [fieldOf(result.error.code) ?? 'form']: errorWords(tError, result.error, serverName) });
  };

  const set = (field: keyof Fields) => (value: string) => {
    onFields({ ...fields, [field]: value });
    setErrors({ ...errors, [field]: undefined, form: undefined } as FieldErrors);
  };

  return (
    <form ref={form} onSubmit={submit} noValidate className="flex flex-col gap-4.5">
      {mode === 'sign-up' && (
        <TextField
          label={t('name')}
          size="large"
          value={fields.name}
          dir="auto"
          autoComplete="name"
          hint={t('nameHint')}
          error={errors.name ?? nameTooLong}
          onChange={(event) => set('name')(event.target.value)}
        />
      )}
      <TextField
        label={t('email')}
        size="large"
        type="email"
        value={fields.email}
        dir="ltr"
        maxLength={wireLimits.emailMaxChars}
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        error={errors.email}
        onChange={(event) => set('email')(event.target.value)}
      />
      <PasswordField
        value={fields.password}
        onChange={set('password')}
        autoComplete={mode === 'sign-in' ? 'current-password' : 'new-password'}
        hint={mode === 'sign-up' ? t('passwordHint', { count: wireLimits.passwordMinChars }) : undefined}
        error={errors.password}
      />
      <div>
        <Button type="submit" size="large" isBusy={isBusy} className="w-full">
          {mode === 'sign-in' ? t('signIn') : t('signUp')}
        </Button>
        <FieldNote id="account-form-note" error={errors.form} />
      </div>
    </form>
  );
}
