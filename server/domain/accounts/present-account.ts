import type { Account, Profile } from '@parley/shared/contract/entities/profile.ts';
import type { Session } from '@parley/shared/contract/entities/session.ts';
import type { AccountRecord, SessionRecord } from '../../storage/port/records.ts';

type Named = Pick<AccountRecord, 'userId' | 'name' | 'profileVersion'>;

export function presentProfile(account: Named): Profile {
  return { userId: account.userId, name: account.name, version: account.profileVersion };
}

export function presentAccount(account: Named & Pick<AccountRecord, 'email'>): Account {
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
