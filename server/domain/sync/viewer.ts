import { canSeeRev, canSeeSeq } from '@parley/shared/model/visibility.ts';
import type { Head, Member } from '@parley/shared/contract/entities/conversation.ts';
import type { Message } from '@parley/shared/contract/entities/message.ts';
import { presentMember, presentMessage, presentStub } from '../../presenters/present-records.ts';
import type { MemberRecord, MessageRecord } from '../../storage/port/records.ts';
import type { WorkingState } from '../conversations/working-state.ts';

/**
 * Where a conversation stands for one viewer: for somebody who is out it stands still where they went (D16). What would tell them that
 * others go on there, the id of the last change (which holds its time) and the count of markers, is left blank.
 */
export function headFor(state: WorkingState, member: MemberRecord): Head {
  const { rev, seq, changeId, mrev } = state.head;
  const { untilRev, untilSeq } = member.ranges.at(-1) ?? {};
  if (untilRev === undefined) return { rev, seq, changeId, mrev };
  return { rev: Math.min(rev, untilRev), seq: Math.min(seq, untilSeq ?? seq), changeId: state.conversationId, mrev: 0 };
}

/**
 * A message as the viewer gets it: whole, as a stub where the change is theirs to know and the words are not, or not at all. For
 * somebody who is out a message changed since is a stub at the rev it was sent at, which no copy they have gives way to.
 */
export function messageFor(member: MemberRecord, record: MessageRecord): Message | undefined {
  const untilRev = member.ranges.at(-1)?.untilRev ?? Infinity;
  if (canSeeSeq(member.ranges, record.seq)) {
    return record.rev > untilRev ? presentStub({ ...record, rev: record.sentRev }) : presentMessage(record);
  }
  return canSeeRev(member.ranges, record.rev) ? presentStub(record) : undefined;
}

/** Everyone who is or was in, as the viewer knows them, in the order of their ids. */
export function membersFor({ members }: WorkingState, viewer: MemberRecord): Member[] {
  return [...members.values()]
    .flatMap((other) => memberFor(viewer, other) ?? [])
    .map(presentMember)
    .sort((a, b) => (a.userId < b.userId ? -1 : 1));
}

/** Another member as the viewer knows them: for somebody who is out, as they were then. */
function memberFor(viewer: MemberRecord, other: MemberRecord): MemberRecord | undefined {
  const untilRev = viewer.ranges.at(-1)?.untilRev ?? Infinity;
  if (other.rev <= untilRev) return other;
  const then = other.ranges.filter(({ fromRev }) => fromRev <= untilRev);
  if (then.length === 0) return undefined;
  const wasIn = (then.at(-1)?.untilRev ?? Infinity) > untilRev;
  return { ...other, role: 'member', state: wasIn ? 'in' : 'left', rev: untilRev };
}
