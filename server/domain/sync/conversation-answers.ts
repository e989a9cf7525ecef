import type { ConversationAnswer, Cursor } from '@parley/shared/contract/operations/sync.ts';
import type { Head, Markers } from '@parley/shared/contract/entities/conversation.ts';
import { presentInfo, presentMember } from '../../presenters/present-records.ts';
import type { ConversationReader } from '../../storage/port/conversations.ts';
import type { MemberRecord } from '../../storage/port/records.ts';
import { areMarkersShared, ofActiveMembers, type WorkingState } from '../conversations/working-state.ts';
import { fitting } from './answer-size.ts';
import { headFor, membersFor, messageFor } from './viewer.ts';

/** A device that is further behind gets the newest page, of half as many messages, and a hole (D5). */
export const defaultLeapAboveRevs = 200;
/** Both together leave room for markers and the frame around them. */
const recordsMaxBytes = 320 * 1024;
const membersMaxBytes = 128 * 1024;

/** What a device lacks of one conversation, or `undefined` where it lacks nothing. */
export async function answerFor(
  reader: ConversationReader,
  state: WorkingState,
  member: MemberRecord,
  cursor: Cursor,
  leapAboveRevs: number,
): Promise<ConversationAnswer | undefined> {
  const head = headFor(state, member);
  const isOut = member.state !== 'in';
  const isAnotherHistory =
    cursor.rev > head.rev ||
    (!isOut && cursor.rev === head.rev && cursor.changeId !== undefined && cursor.changeId !== head.changeId);
  const lacksMarkers = !isOut && cursor.mrev < head.mrev;
  if (!isAnotherHistory && cursor.rev === head.rev && !lacksMarkers) return undefined;

  const markers = lacksMarkers ? await readShared(reader, state) : undefined;
  const answer = { conversationId: state.conversationId, head, ...(markers && { markers }) };
  if (isAnotherHistory || cursor.rev === head.rev) return { ...answer, cursor: head.rev, records: {} };
  // Who is out gets a page: in it, what has changed since keeps its place.
  return head.rev - cursor.rev > leapAboveRevs || (isOut && cursor.rev === 0)
    ? { ...answer, ...(await leap(reader, state, member, head, cursor, Math.ceil(leapAboveRevs / 2))) }
    : { ...answer, ...(await step(reader, member, head, cursor, leapAboveRevs)) };
}

/** Of too many to share there are none: what a device holds is no older than what others do. */
async function readShared(reader: ConversationReader, state: WorkingState): Promise<Markers[]> {
  if (!areMarkersShared(state)) return [];
  const { markers } = await reader.readMarkers(state.conversationId);
  return ofActiveMembers(state, markers);
}

/** Every record that changed, in the order of rev, as far as there is room: changes come whole or not at all. */
async function step(
  reader: ConversationReader,
  member: MemberRecord,
  head: Head,
  { conversationId, rev: afterRev }: Cursor,
  limit: number,
) {
  const changes = await reader.readChanges({ conversationId, afterRev, throughRev: head.rev, limit });
  const info = changes.info && presentInfo(changes.info);
  const members = changes.members.map(presentMember);
  const messages = changes.messages.flatMap((record) => messageFor(member, record) ?? []);
  const records = [...(info ? [info] : []), ...members, ...messages].sort((a, b) => a.rev - b.rev);
  const refused = records[fitting(records, recordsMaxBytes).length];
  const through = refused === undefined ? changes.throughRev : Math.max(refused.rev - 1, records[0]?.rev ?? 0);
  const isTold = ({ rev }: { rev: number }) => rev <= through;
  return {
    cursor: through,
    records: {
      ...(info && isTold(info) && { info }),
      members: members.filter(isTold),
      messages: messages.filter(isTold),
    },
  };
}

/** The newest page, everything about members, and a hole below. */
async function leap(
  reader: ConversationReader,
  state: WorkingState,
  member: MemberRecord,
  head: Head,
  cursor: Cursor,
  limit: number,
) {
  const { conversationId } = state;
  const page = await reader.readPage({ conversationId, ranges: member.ranges, before: head.seq + 1, limit });
  const visible = page.messages.flatMap((record) => messageFor(member, record) ?? []);
  const messages = fitting(visible.toReversed(), recordsMaxBytes).toReversed();
  const isNew = (record: { rev: number }) => record.rev > cursor.rev && record.rev <= head.rev;
  const members = membersFor(state, member).filter(isNew);
  const told = fitting(members, membersMaxBytes);
  const lastTold = told.length < members.length ? told.at(-1)?.userId : undefined;
  return {
    cursor: head.rev,
    leap: { belowSeq: messages[0]?.seq ?? head.seq + 1, ...(lastTold !== undefined && { membersAfter: lastTold }) },
    records: {
      ...(isNew(state.info) ? { info: presentInfo(state.info) } : infoForNewDevice(state, member, cursor)),
      members: told,
      messages,
    },
  };
}

/**
 * A new device of somebody who is out: what the conversation is called now is not theirs to know, that it exists is.
 */
function infoForNewDevice(state: WorkingState, member: MemberRecord, cursor: Cursor) {
  const untilRev = member.ranges.at(-1)?.untilRev;
  if (cursor.rev > 0 || untilRev === undefined) return {};
  const { title: _, ...info } = presentInfo(state.info);
  return { info: { ...info, rev: 0 } };
}
