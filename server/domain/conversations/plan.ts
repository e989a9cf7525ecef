import type { SystemEvent } from '@parley/shared/contract/entities/message.ts';
import type { AccountEffect } from '../../storage/port/conversations.ts';
import type { ConversationRecord, MemberRecord, MessageBody, MessageRecord } from '../../storage/port/records.ts';
import type { WorkingState } from './working-state.ts';

/** Where a change stands, once it is accepted. */
export interface Place {
  rev: number;
  seq: number;
  at: number;
}

/** What somebody does to a conversation, by the message that it brings. */
export type Act = 'text' | SystemEvent['type'];

/** The act a message is of: nothing but what people say is ever scrubbed. */
export function actOf(body: MessageBody): Act {
  return body.kind === 'system' ? body.event.type : 'text';
}

/** One change, decided: every change of a conversation shows as one message. */
export interface Decision {
  info?: ConversationRecord;
  members?: MemberRecord[];
  body: MessageBody;
  /** Those for whom everything up to this change counts as read: it was said before they came. */
  newcomerIds?: readonly string[];
}

/**
 * Decides about one intent at one state of a conversation (`null`: it does not exist), or throws a `DomainError`. It may be asked
 * again at another state, so it changes nothing itself.
 */
export type Plan = (state: WorkingState | null, place: Place) => Decision;

/** The records of an accepted change. */
export interface PlannedChange {
  info?: ConversationRecord;
  members: MemberRecord[];
  message: MessageRecord;
  effects: AccountEffect[];
}

/** The state after `decision`, and the records that lead there. */
export function applyDecision(
  state: WorkingState | null,
  conversationId: string,
  author: { id: string; userId: string },
  place: Place,
  decision: Decision,
): { state: WorkingState; change: PlannedChange } {
  const info = decision.info ?? state?.info;
  if (info === undefined) throw new Error('A first change has to say what the conversation is');
  const message: MessageRecord = {
    id: author.id,
    seq: place.seq,
    rev: place.rev,
    sentRev: place.rev,
    authorId: author.userId,
    at: place.at,
    body: decision.body,
  };
  const changed = decision.members ?? [];
  const members =
    changed.length === 0 && state !== null
      ? state.members
      : new Map([...(state?.members ?? []), ...changed.map((member) => [member.userId, member] as const)]);
  return {
    state: {
      conversationId,
      head: { rev: place.rev, seq: place.seq, changeId: author.id, mrev: state?.head.mrev ?? 0 },
      info,
      members,
    },
    change: {
      ...(decision.info && { info: decision.info }),
      members: changed,
      message,
      effects: [
        ...changed.map((member) => membershipEffect(conversationId, member)),
        ...(decision.newcomerIds ?? []).map((userId) => readEffect(conversationId, userId, place)),
      ],
    },
  };
}

/** What a change of a membership means for the account: its feed says which conversations it has. */
function membershipEffect(conversationId: string, member: MemberRecord): AccountEffect {
  return {
    userId: member.userId,
    sourceRev: member.rev,
    entry: {
      kind: 'membership',
      key: conversationId,
      state: member.state,
      role: member.role,
      ranges: member.ranges,
    },
  };
}

function readEffect(conversationId: string, userId: string, { rev, seq }: Place): AccountEffect {
  return { userId, sourceRev: rev, entry: { kind: 'marker', key: conversationId, read: seq } };
}
