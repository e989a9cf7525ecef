import type { ErrorCode } from '@parley/shared/contract/errors.ts';
import { wireLimits } from '@parley/shared/contract/limits.ts';
import type { TFunction } from 'i18next';
import type { LocalErrorCode } from '../../../engine/api/commands.ts';
import { isEmail } from '../../client/is-email.ts';

export type FieldName = 'name' | 'email' | 'password';
export type FieldErrors = Partial<Record<FieldName, string>>;
export type Fields = Record<FieldName, string>;

/** What can be said before the server is asked. */
export function checkFields(t: TFunction<'auth'>, fields: Fields, mode: 'sign-in' | 'sign-up'): FieldErrors {
  const errors: FieldErrors = {};
  const email = fields.email.trim();
  if (mode === 'sign-up' && fields.name.trim() === '') errors.name = t('nameMissing');
  if (email === '') errors.email = t('emailMissing');
  else if (!isEmail(email)) errors.email = t('emailMalformed');
  if (fields.password === '') errors.password = t('passwordMissing');
  else if (mode === 'sign-up' && fields.password.length < wireLimits.passwordMinChars) {
    errors.password = t('passwordTooShort', { count: wireLimits.passwordMinChars });
  }
  return errors;
}

const fieldOfCode: Partial<Record<ErrorCode | LocalErrorCode, FieldName>> = {
  wrong_credentials: 'password',
  password_too_weak: 'password',
  email_taken: 'email',
};

/** Which field an answer speaks of; the others are shown below the form. */
export function fieldOf(code: ErrorCode | LocalErrorCode): FieldName | undefined {
  return fieldOfCode[code];
}
