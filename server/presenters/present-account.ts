import type { Account } from '@parley/shared/contract/entities/profile.ts';
import type { Session } from '@parley/shared/contract/entities/session.ts';
import type { AccountRecord, SessionRecord } from '../storage/port/records.ts';
import { presentProfile } from './present-records.ts';

export function presentAccount(account: AccountRecord): Account {
  return { profile: presentProfile(account), email: account.email };
}

export function presentSession(session: SessionRecord, currentSessionId: string): Session {
  return {
    sessionId: session.sessionId,
    deviceId: session.deviceId,
    deviceName: session.deviceName,
    createdAt: session.createdAt,
    lastSeenAt: session.lastSeenAt,
    isCurrent: session.sessionId === currentSessionId,
  };
}
