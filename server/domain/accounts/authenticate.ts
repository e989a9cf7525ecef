import { DomainError } from '../domain-error.ts';
import type { AccountDomain, AccountPorts } from './account-domain.ts';

/** The signature says who; the session says whether it still holds. It is read each time: a revoked one serves nothing more. */
export function createAuthenticate(
  ports: Pick<AccountPorts, 'storage' | 'clock' | 'accessTokens'>,
): AccountDomain['authenticate'] {
  return async (accessToken) => {
    const read = ports.accessTokens.read(accessToken, ports.clock.now());
    if (read.kind === 'expired') throw new DomainError('token_expired', 'The access token has expired');
    if (read.kind === 'bad') throw new DomainError('unauthenticated', 'Not an access token of this server');
    const { userId, sessionId, deviceId } = read.claims;
    const session = await ports.storage.sessions.read(sessionId);
    if (session === null || session.userId !== userId) throw new DomainError('unauthenticated', 'No such session');
    if (session.revokedAt !== undefined) throw new DomainError('session_revoked', 'This session is over');
    return { userId, sessionId, deviceId };
  };
}
