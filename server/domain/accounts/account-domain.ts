import type { Failure } from '@parley/shared/contract/reply.ts';
import type { Profile } from '@parley/shared/contract/entities/profile.ts';
import type { Storage } from '../../storage/port/storage.ts';
import type { Caller } from '../caller.ts';
import type { Clock, MintId } from '../clock.ts';
import type { AccountAnswers } from './account-answers.ts';
import type { AccountLimits } from './account-limits.ts';
import type { AccessTokens, HideName, IsCommonPassword, PasswordHasher, RefreshMac } from './ports.ts';
import { createAuthenticate } from './authenticate.ts';
import { createLogin } from './login.ts';
import { createLogout } from './logout.ts';
import { createRefresh } from './refresh.ts';
import { createRegister } from './register.ts';
import { createSessionEnd } from './end-session.ts';
import { createListSessions, createRevokeSession } from './sessions.ts';
import { createSignIn } from './sign-in.ts';
import { createLoginThrottle } from './login-throttle.ts';
import { createGetAccount, createUpdateProfile } from './profile.ts';

export interface AccountPorts {
  storage: Pick<Storage, 'accounts' | 'sessions' | 'throttles' | 'feeds'>;
  clock: Clock;
  mintId: MintId;
  passwords: PasswordHasher;
  isCommonPassword: IsCommonPassword;
  accessTokens: AccessTokens;
  refreshMac: RefreshMac;
  hideName: HideName;
  limits: AccountLimits;
  registration: 'open' | 'closed';
  /** Closes the sockets of a session, in every process. */
  endSession(sessionId: string, failure: Failure): void;
  /** Others may see a new profile. */
  profileChanged(profile: Profile): void;
}

export interface AccountDomain {
  answers: AccountAnswers;
  /** Who holds this access token: refuses with `unauthenticated`, `token_expired` or `session_revoked`. */
  authenticate(accessToken: string): Promise<Caller>;
  /** A device of this session has connected. */
  sessionSeen(sessionId: string): Promise<void>;
}

/** Everything about who somebody is and which of their devices are signed in. */
export function createAccountDomain(ports: AccountPorts): AccountDomain {
  const throttle = createLoginThrottle(ports);
  const end = createSessionEnd(ports);
  const signIn = createSignIn(ports, end);
  return {
    answers: {
      register: createRegister(ports, signIn),
      login: createLogin(ports, throttle, signIn),
      refresh: createRefresh(ports, end),
      logout: createLogout(end),
      revokeSession: createRevokeSession(ports, end),
      listSessions: createListSessions(ports),
      getAccount: createGetAccount(ports),
      updateProfile: createUpdateProfile(ports),
    },
    authenticate: createAuthenticate(ports),
    sessionSeen: (sessionId) => ports.storage.sessions.touch(sessionId, ports.clock.now()),
  };
}
