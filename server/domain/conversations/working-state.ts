import { wireLimits } from '@parley/shared/contract/limits.ts';
import type { ConversationRecord, ConversationState, HeadRecord, MemberRecord } from '../../storage/port/records.ts';

/** A conversation as decisions see it: members by user id, and never changed in place. */
export interface WorkingState {
  readonly conversationId: string;
  readonly head: HeadRecord;
  readonly info: ConversationRecord;
  readonly members: ReadonlyMap<string, MemberRecord>;
}

export function workingState(state: ConversationState): WorkingState {
  return { ...state, members: new Map(state.members.map((member) => [member.userId, member])) };
}

/** Markers of so many are pushed; of more they are stored, and counted when somebody asks (D9). */
export function areMarkersShared(state: WorkingState): boolean {
  return activeMemberCount(state) <= wireLimits.sharedMarkersMaxMembers;
}

export function activeMemberCount(state: WorkingState): number {
  let count = 0;
  for (const member of state.members.values()) if (member.state === 'in') count += 1;
  return count;
}

/** Those of people who are in. */
export function ofActiveMembers<T extends { userId: string }>(state: WorkingState, records: readonly T[]): T[] {
  return records.filter(({ userId }) => state.members.get(userId)?.state === 'in');
}
