import type { OperationKey, Operations } from '@parley/shared/contract/registry.ts';
import type { OutputOf, ParsedInputOf } from '@parley/shared/contract/define.ts';
import type { Answer } from '../domain.ts';
import type { Caller } from '../caller.ts';
import type { RequestOrigin } from './request-origin.ts';

/** What the domain answers where nobody is signed in yet. */
export type PublicAnswer<K extends OperationKey> = (
  origin: RequestOrigin,
  input: ParsedInputOf<Operations[K]>,
) => Promise<OutputOf<Operations[K]>>;

/** What the domain answers to somebody who is signed in, where it also matters over which exchange they ask. */
export type PlacedAnswer<K extends OperationKey> = (
  caller: Caller,
  input: ParsedInputOf<Operations[K]>,
  origin: RequestOrigin,
) => Promise<OutputOf<Operations[K]>>;

export interface AccountAnswers {
  register: PublicAnswer<'register'>;
  login: PublicAnswer<'login'>;
  refresh: PublicAnswer<'refresh'>;
  logout: PlacedAnswer<'logout'>;
  revokeSession: PlacedAnswer<'revokeSession'>;
  getAccount: Answer<'getAccount'>;
  updateProfile: Answer<'updateProfile'>;
  listSessions: Answer<'listSessions'>;
}
