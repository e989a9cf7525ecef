import type { ConversationAnswer, Cursor } from '@parley/shared/contract/operations/sync.ts';
import type { Message } from '@parley/shared/contract/entities/message.ts';
import { presentInfo, presentMember } from '../../presenters/present-records.ts';
import type { ConversationReader } from '../../storage/port/conversations.ts';
import type { MemberRecord } from '../../storage/port/records.ts';
import type { WorkingState } from '../conversations/working-state.ts';
import { AnswerRoom } from './answer-size.ts';
import { headFor, memberFor, messageFor } from './viewer.ts';

/** A device that is further behind gets the newest page, of half as many messages, and a hole (D5). */
export const defaultLeapAboveRevs = 200;
/** Leaves room for members and the frame around the messages. */
const messagesMaxBytes = 320 * 1024;

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
  // A new device is told of markers that were set while there were too many to share.
  const lacksMarkers = !isOut && (cursor.mrev < head.mrev || cursor.rev === 0);
  if (!isAnotherHistory && cursor.rev === head.rev && !lacksMarkers) return undefined;

  const markers = lacksMarkers ? (await reader.readMarkers(state.conversationId)).markers : undefined;
  const answer = { conversationId: state.conversationId, head, ...(markers && { markers }) };
  if (isAnotherHistory || cursor.rev === head.rev) return { ...answer, cursor: head.rev, records: {} };
  // Who is out gets a page: in it, what has changed since keeps its place.
  return head.rev - cursor.rev > leapAboveRevs || (isOut && cursor.rev === 0)
    ? { ...answer, ...(await leap(reader, state, member, cursor, Math.ceil(leapAboveRevs / 2))) }
    : { ...answer, ...(await step(reader, state, member, cursor, leapAboveRevs)) };
}

/** Every record that changed, in the order of rev, as far as there is room. */
async function step(
  reader: ConversationReader,
  state: WorkingState,
  member: MemberRecord,
  cursor: Cursor,
  limit: number,
) {
  const { conversationId } = state;
  const throughRev = headFor(state, member).rev;
  const changes = await reader.readChanges({ conversationId, afterRev: cursor.rev, throughRev, limit });
  const room = new AnswerRoom(messagesMaxBytes);
  const messages: Message[] = [];
  let through = changes.throughRev;
  for (const [index, record] of changes.messages.entries()) {
    const message = messageFor(member, record);
    if (message === undefined) continue;
    if (!room.take(message)) {
      through = changes.messages[index - 1]?.rev ?? cursor.rev;
      break;
    }
    messages.push(message);
  }
  const info = changes.info !== undefined && changes.info.rev <= through ? changes.info : undefined;
  return {
    cursor: through,
    records: {
      ...(info && { info: presentInfo(info) }),
      members: changes.members.filter(({ rev }) => rev <= through).map(presentMember),
      messages,
    },
  };
}

/** The newest page, everything about members, and a hole below. */
async function leap(
  reader: ConversationReader,
  state: WorkingState,
  member: MemberRecord,
  cursor: Cursor,
  limit: number,
) {
  const { conversationId } = state;
  const head = headFor(state, member);
  const page = await reader.readPage({ conversationId, ranges: member.ranges, before: head.seq + 1, limit });
  const room = new AnswerRoom(messagesMaxBytes);
  const messages: Message[] = [];
  for (const record of page.messages.toReversed()) {
    const message = messageFor(member, record);
    if (message === undefined || !room.take(message)) break;
    messages.unshift(message);
  }
  const isNew = (record: { rev: number }) => record.rev > cursor.rev && record.rev <= head.rev;
  return {
    cursor: head.rev,
    leap: { belowSeq: messages[0]?.seq ?? head.seq + 1 },
    records: {
      ...(isNew(state.info) ? { info: presentInfo(state.info) } : infoForNewDevice(state, member, cursor)),
      members: [...state.members.values()]
        .flatMap((other) => memberFor(member, other) ?? [])
        .filter(isNew)
        .map(presentMember),
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
