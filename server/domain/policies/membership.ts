import type { MemberRecord } from '../../storage/port/records.ts';
import { DomainError } from '../domain-error.ts';
import type { WorkingState } from '../conversations/working-state.ts';

/** Who may do what in a conversation. Every operation asks here. */

/** The caller's record, whether still in or not; somebody who never was in learns no more than that. */
export function requireEverMember(
  state: WorkingState | null,
  userId: string,
): { state: WorkingState; member: MemberRecord } {
  const member = state?.members.get(userId);
  if (state === null || member === undefined)
    throw new DomainError('not_a_member', 'Not a member of this conversation');
  return { state, member };
}

export function requireMember(
  state: WorkingState | null,
  userId: string,
): { state: WorkingState; member: MemberRecord } {
  const found = requireEverMember(state, userId);
  if (found.member.state !== 'in') throw new DomainError('not_a_member', 'No longer a member of this conversation');
  return found;
}

export function requireGroupMember(
  state: WorkingState | null,
  userId: string,
): { state: WorkingState; member: MemberRecord } {
  const found = requireMember(state, userId);
  if (found.state.info.kind !== 'group') throw new DomainError('not_a_group', 'This is not a group');
  return found;
}

export function requireOwner(
  state: WorkingState | null,
  userId: string,
): { state: WorkingState; member: MemberRecord } {
  const found = requireGroupMember(state, userId);
  if (found.member.role !== 'owner') throw new DomainError('forbidden', 'Only an owner may do this');
  return found;
}
