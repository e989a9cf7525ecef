import type { ReceivedMessage } from '@parley/shared/contract/entities/message.ts';
import type { InputOf } from '@parley/shared/contract/define.ts';
import type { ErrorCode } from '@parley/shared/contract/errors.ts';
import { wireLimits } from '@parley/shared/contract/limits.ts';
import type { Operations } from '@parley/shared/contract/registry.ts';
import type { DeliveryState, MessageView, ReplyView } from '../api/views.ts';
import type { StoredConversation, StoredIntent } from '../ports/local-store.ts';

/** Waiting messages stand below everything that has a place. */
const waitingOrder = 2 ** 40;

/** How far each of the others has come. Somebody who has joined later than a message is not waited for with it. */
export type Reach = readonly { joinedAfterRev: number; delivered: number; read: number }[];

/** To how many of the others a message has come: what the server has counted where they are too many to be told of each. */
export interface ReceiptCount {
  delivered: number;
  read: number;
  others: number;
}

export function reachOf({ members, markers }: StoredConversation, userId: string): Reach {
  const others = members.filter((member) => member.state === 'in' && member.userId !== userId);
  if (others.length >= wireLimits.sharedMarkersMaxMembers) return [];
  const byUser = new Map(markers.map((marker) => [marker.userId, marker]));
  return others.map(({ userId: id, role, rev }) => {
    const { delivered, read } = byUser.get(id) ?? { delivered: 0, read: 0 };
    // Who joins is no owner yet: an owner's record may be as new as the role, and they were there before.
    return { joinedAfterRev: role === 'owner' ? 0 : rev, delivered, read };
  });
}

export interface MessageContext {
  conversationId: string;
  userId: string;
  reach: Reach;
  /** Counts of own messages by seq. */
  counts?: ReadonlyMap<number, ReceiptCount> | undefined;
  /** The message answered to, if it is on this device. */
  find(messageId: string): ReceivedMessage | undefined;
}

export function viewMessage(message: ReceivedMessage, context: MessageContext): MessageView {
  const { conversationId, userId } = context;
  const { id, seq } = message;
  const authorId = 'authorId' in message ? message.authorId : undefined;
  const isMine = authorId === userId;
  return {
    id,
    conversationId,
    seq,
    order: seq,
    at: 'at' in message ? message.at : 0,
    ...(authorId !== undefined && { authorId }),
    isMine,
    content: viewContent(message, context),
    ...(isMine && message.kind === 'text' && { delivery: deliveryOf(message, context) }),
  };
}

/** A message that has not reached the server. */
export function viewWaiting(
  intent: StoredIntent,
  context: MessageContext,
  failure: ErrorCode | undefined,
): MessageView | undefined {
  if (intent.operation !== 'sendMessage') return undefined;
  const { text, replyTo } = intent.body as InputOf<Operations['sendMessage']>;
  return {
    id: intent.id,
    conversationId: intent.conversationId,
    order: waitingOrder + intent.order,
    at: intent.at,
    authorId: context.userId,
    isMine: true,
    content: { kind: 'text', text, ...(replyTo !== undefined && { replyTo: viewReply(replyTo, context) }) },
    delivery: failure === undefined ? 'waiting' : 'failed',
    ...(failure !== undefined && { failure }),
  };
}

function deliveryOf({ seq, rev }: ReceivedMessage, { reach, counts }: MessageContext): DeliveryState {
  const there = reach.filter(({ joinedAfterRev }) => joinedAfterRev <= rev);
  const count = counts?.get(seq) ?? {
    delivered: there.filter(({ delivered }) => delivered >= seq).length,
    read: there.filter(({ read }) => read >= seq).length,
    others: there.length,
  };
  if (count.others === 0) return 'sent';
  if (count.read >= count.others) return 'read';
  return count.delivered >= count.others ? 'delivered' : 'sent';
}

function viewContent(message: ReceivedMessage, context: MessageContext): MessageView['content'] {
  if (message.kind === 'system') return { kind: 'system', event: message.event };
  if (message.kind !== 'text') return { kind: message.kind };
  const { text, replyTo } = message;
  return { kind: 'text', text, ...(replyTo !== undefined && { replyTo: viewReply(replyTo, context) }) };
}

function viewReply(messageId: string, context: MessageContext): ReplyView {
  const target = context.find(messageId);
  if (target?.kind !== 'text')
    return { id: messageId, ...(target && 'authorId' in target && { authorId: target.authorId }) };
  return { id: messageId, authorId: target.authorId, text: target.text };
}
