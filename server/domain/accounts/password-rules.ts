import { wireLimits } from '@parley/shared/contract/limits.ts';
import { DomainError } from '../domain-error.ts';
import type { IsCommonPassword } from './ports.ts';

/** Refuses what anybody would guess. Characters are counted as people count them: one emoji is one. */
export function refuseWeakPassword(password: string, isCommon: IsCommonPassword): void {
  const { passwordMinChars: min, passwordMaxChars: max } = wireLimits;
  const length = [...password].length;
  if (length < min) throw new DomainError('password_too_weak', `A password has at least ${min} characters`);
  if (length > max) throw new DomainError('password_too_weak', `A password has at most ${max} characters`);
  if (isCommon(password)) throw new DomainError('password_too_weak', 'This password is among the best known');
}
