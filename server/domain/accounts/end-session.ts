import type { ErrorCode } from '@parley/shared/contract/errors.ts';
import type { AccountPorts } from './account-domain.ts';

/** Revokes a session, then closes its sockets. Twice is once. Answers whether this call revoked it. */
export type EndSession = (sessionId: string, code: ErrorCode, message: string) => Promise<boolean>;

export function createSessionEnd(ports: Pick<AccountPorts, 'storage' | 'clock' | 'endSession'>): EndSession {
  return async (sessionId, code, message) => {
    const revoked = await ports.storage.sessions.revoke(sessionId, ports.clock.now());
    // Closed even where another call revoked it: that call may not have come to closing them yet.
    ports.endSession(sessionId, { code, message });
    return revoked;
  };
}
