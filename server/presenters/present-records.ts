import type { ConversationRecords, Member, ConversationInfo } from '@parley/shared/contract/entities/conversation.ts';
import type { Message } from '@parley/shared/contract/entities/message.ts';
import type { Profile } from '@parley/shared/contract/entities/profile.ts';
import type { AccountRecord, ConversationRecord, MemberRecord, MessageRecord } from '../storage/port/records.ts';

/** The only code that makes wire entities from stored records. What it does not name does not leave the server. */

export function presentMessage(record: MessageRecord): Message {
  const { id, seq, rev, authorId, at, body } = record;
  if (body.kind === 'text') {
    return {
      kind: 'text',
      id,
      seq,
      rev,
      at,
      authorId,
      text: body.text,
      ...(body.replyTo !== undefined && { replyTo: body.replyTo }),
    };
  }
  if (body.kind === 'system') return { kind: 'system', id, seq, rev, at, authorId, event: body.event };
  return { kind: 'scrubbed', id, seq, rev, at, authorId };
}

/** A message at a place the viewer may not see. */
export function presentStub({ id, seq, rev }: MessageRecord): Message {
  return { kind: 'stub', id, seq, rev };
}

export function presentInfo(record: ConversationRecord): ConversationInfo {
  const { kind, title, history, createdAt, rev } = record;
  return { kind, history, createdAt, rev, ...(title !== undefined && { title }) };
}

export function presentMember({ userId, role, state, rev }: MemberRecord): Member {
  return { userId, role, state, rev };
}

export function presentRecords(records: {
  info?: ConversationRecord | undefined;
  members?: readonly MemberRecord[];
  messages?: readonly Message[];
}): ConversationRecords {
  return {
    ...(records.info && { info: presentInfo(records.info) }),
    ...(records.members?.length && { members: records.members.map(presentMember) }),
    ...(records.messages?.length && { messages: [...records.messages] }),
  };
}

export function presentProfile({ userId, name, profileVersion }: AccountRecord): Profile {
  return { userId, name, version: profileVersion };
}
