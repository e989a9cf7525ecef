import { DomainError } from '../domain-error.ts';
import type { AccountPorts } from './account-domain.ts';
import type { AccountAnswers } from './account-answers.ts';
import type { EndSession } from './end-session.ts';
import { presentSession } from '../../presenters/present-account.ts';

export function createListSessions(ports: Pick<AccountPorts, 'storage'>): AccountAnswers['listSessions'] {
  return async (caller) => {
    const sessions = await ports.storage.sessions.listActive(caller.userId);
    return { sessions: sessions.map((session) => presentSession(session, caller.sessionId)) };
  };
}

export function createRevokeSession(
  ports: Pick<AccountPorts, 'storage'>,
  end: EndSession,
): AccountAnswers['revokeSession'] {
  return async (caller, { sessionId }, origin) => {
    const session = await ports.storage.sessions.read(sessionId);
    if (session === null || session.userId !== caller.userId) throw new DomainError('not_found', 'No such session');
    await end(sessionId, 'session_revoked', 'Signed out from another device');
    if (sessionId === caller.sessionId) origin.cookie.clear();
    return {};
  };
}
