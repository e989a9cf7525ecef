import type { MembershipEntry } from '@parley/shared/contract/entities/feed.ts';
import type { AccountMemory } from '../store/account-memory.ts';
import { feedKey } from '../store/account-memory.ts';

export function membershipOf(memory: Pick<AccountMemory, 'get'>, conversationId: string): MembershipEntry | undefined {
  const entry = memory.get('feed', feedKey('membership', conversationId));
  return entry?.kind === 'membership' ? entry : undefined;
}

export function memberships(memory: Pick<AccountMemory, 'all'>): MembershipEntry[] {
  return [...memory.all('feed')].filter((entry) => entry.kind === 'membership');
}
