import type { OutputOf } from '@parley/shared/contract/define.ts';
import type { Operations } from '@parley/shared/contract/registry.ts';
import type { AccountRecord, SessionRecord } from '../../storage/port/records.ts';
import type { AccountPorts } from './account-domain.ts';
import { presentAccount } from '../../presenters/present-account.ts';
import { makeRefreshToken } from './refresh-token.ts';
import type { RequestOrigin } from './request-origin.ts';

export type SignedIn = OutputOf<Operations['login']>;

/** The pair for this generation of a session; a browser's refresh token leaves in the cookie and never in the body. */
export function issueTokens(
  ports: Pick<AccountPorts, 'accessTokens' | 'refreshMac' | 'clock'>,
  origin: RequestOrigin,
  account: AccountRecord,
  session: SessionRecord,
  generation: number,
): SignedIn {
  const { sessionId, userId, deviceId } = session;
  const refreshToken = makeRefreshToken(session, generation, ports.refreshMac);
  const access = {
    accessToken: ports.accessTokens.sign({ userId, sessionId, deviceId }, ports.clock.now()),
    accessTokenExpiresInMs: ports.accessTokens.lifetimeMs,
  };
  if (session.keeps === 'cookie') origin.cookie.set(refreshToken);
  const tokens = session.keeps === 'cookie' ? access : { ...access, refreshToken };
  return { account: presentAccount(account), sessionId, tokens };
}
