import type { ReceivedMessage } from '@parley/shared/contract/entities/message.ts';
import type { InputOf } from '@parley/shared/contract/define.ts';
import type { ErrorCode } from '@parley/shared/contract/errors.ts';
import { wireLimits } from '@parley/shared/contract/limits.ts';
import type { Operations } from '@parley/shared/contract/registry.ts';
import type { DeliveryState, MessageView, ReplyView } from '../api/views.ts';
import type { StoredConversation, StoredIntent } from '../ports/local-store.ts';

/** Waiting messages stand below everything that has a place. */
const waitingOrder = 2 ** 40;

/** How far the slowest of the others has come: up to there an own message counts as delivered, and as read. */
export interface Reach {
  delivered: number;
  read: number;
}

export function reachOf({ members, markers }: StoredConversation, userId: string): Reach {
  const others = members.filter((member) => member.state === 'in' && member.userId !== userId);
  if (others.length === 0 || others.length >= wireLimits.sharedMarkersMaxMembers) return { delivered: 0, read: 0 };
  const byUser = new Map(markers.map((marker) => [marker.userId, marker]));
  const slowest = (name: 'delivered' | 'read') =>
    Math.min(...others.map((member) => byUser.get(member.userId)?.[name] ?? 0));
  return { delivered: slowest('delivered'), read: slowest('read') };
}

export interface MessageContext {
  conversationId: string;
  userId: string;
  reach: Reach;
  /** The message answered to, if it is on this device. */
  find(messageId: string): ReceivedMessage | undefined;
}

export function viewMessage(message: ReceivedMessage, context: MessageContext): MessageView {
  const { conversationId, userId, reach } = context;
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
    ...(isMine && message.kind === 'text' && { delivery: deliveryOf(seq, reach) }),
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

function deliveryOf(seq: number, reach: Reach): DeliveryState {
  if (seq <= reach.read) return 'read';
  return seq <= reach.delivered ? 'delivered' : 'sent';
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
