import type { ParsedInputOf } from '@parley/shared/contract/define.ts';
import type { Operations } from '@parley/shared/contract/registry.ts';
import type { AccountRecord, SessionRecord } from '../../storage/port/records.ts';
import type { AccountPorts } from './account-domain.ts';
import type { EndSession } from './end-session.ts';
import { issueTokens, type SignedIn } from './issue-tokens.ts';
import type { RequestOrigin } from './request-origin.ts';

export type Device = ParsedInputOf<Operations['login']>['device'];
export type SignIn = (origin: RequestOrigin, account: AccountRecord, device: Device) => Promise<SignedIn>;

/** Begins a session. A device has one at a time: what it was signed in with before ends. */
export function createSignIn(ports: AccountPorts, end: EndSession): SignIn {
  const { clock, mintId, refreshMac, storage } = ports;
  return async (origin, account, device) => {
    const at = clock.now();
    const session: SessionRecord = {
      sessionId: mintId(),
      userId: account.userId,
      deviceId: device.deviceId,
      deviceName: device.name,
      keeps: device.keeps,
      createdAt: at,
      lastSeenAt: at,
      seed: refreshMac.mintSeed(),
      generation: 1,
      rotatedAt: at,
    };
    await storage.sessions.create(session);
    for (const other of await storage.sessions.listActive(account.userId)) {
      if (other.deviceId !== device.deviceId || other.sessionId === session.sessionId) continue;
      await end(other.sessionId, 'session_revoked', 'This device has signed in again');
    }
    return issueTokens(ports, origin, account, session, session.generation);
  };
}
