import type { ConversationInfo, Markers, Member } from '@parley/shared/contract/entities/conversation.ts';
import type { ReceivedMessage } from '@parley/shared/contract/entities/message.ts';
import { countsAsUnread, isUnreadMention } from '@parley/shared/model/unread.ts';
import type { StoredConversation } from '../ports/local-store.ts';
import type { Transaction } from '../store/account-memory.ts';
import { addHole, closeHoles, holeAt } from './holes.ts';

/** Beyond this the exact number of unread messages is of no interest. */
export const unreadCap = 100;

export function emptyConversation(conversationId: string): StoredConversation {
  return {
    conversationId,
    rev: 0,
    changeId: '',
    mrev: 0,
    seq: 0,
    holes: [],
    members: [],
    markers: [],
    unread: { readSeq: 0, count: 0 },
  };
}

/**
 * No conversation gets this far: a server that says so is not believed, for a place that high would leave a hole nobody can ever fill.
 */
const highestSeq = 2 ** 26;

/** Records as the contract has them: what newer servers do otherwise was made readable where it came in. */
export interface IncomingRecords {
  info?: ConversationInfo | undefined;
  members?: readonly Member[] | undefined;
  messages?: readonly ReceivedMessage[] | undefined;
}

export interface Applied {
  conversation: StoredConversation;
  /** Ids of the messages that are on this device now, or have been passed over because their place is not held. */
  settledIds: string[];
  /** The highest rev among changes of messages that are not held: a page read before it is too old. */
  droppedRev: number;
  /** Some message that counted as unread, or might, was replaced: count again. */
  mustRecount: boolean;
}

/**
 * Lays records over what is held (D4): a record replaces a copy only if its rev is higher; new messages go on top, with a hole where
 * some are missing between; a change of a message whose place is not held is dropped. The cursor is the caller's to move.
 */
export async function applyRecords(
  transaction: Transaction,
  held: StoredConversation,
  records: IncomingRecords,
  viewerId: string,
): Promise<Applied> {
  let conversation: StoredConversation = {
    ...held,
    ...newerInfo(held, records.info),
    members: mergeMembers(held.members, records.members),
  };
  const settledIds: string[] = [];
  let droppedRev = 0;
  let mustRecount = false;
  const messages = (records.messages ?? []).filter(({ seq }) => seq <= highestSeq);
  messages.sort((a, b) => a.seq - b.seq || a.rev - b.rev);
  const below = messages.filter(({ seq }) => seq <= held.seq);
  const stored =
    below.length > 0
      ? await transaction.findMessages(
          held.conversationId,
          below.map(({ id }) => id),
        )
      : new Map<string, ReceivedMessage>();

  for (const message of messages) {
    settledIds.push(message.id);
    if (message.seq > conversation.seq) {
      conversation = append(transaction, conversation, message, viewerId);
    } else if (holeAt(conversation.holes, message.seq) !== undefined) {
      droppedRev = Math.max(droppedRev, message.rev);
    } else if ((stored.get(message.id)?.rev ?? 0) < message.rev) {
      transaction.putMessage(conversation.conversationId, message);
      if (message.seq === conversation.seq) conversation = { ...conversation, lastMessage: message };
      mustRecount = true;
    }
  }
  return { conversation, settledIds, droppedRev, mustRecount };
}

function append(
  transaction: Transaction,
  conversation: StoredConversation,
  message: ReceivedMessage,
  viewerId: string,
): StoredConversation {
  transaction.putMessage(conversation.conversationId, message);
  const { readSeq, count, mentions = 0 } = conversation.unread;
  const isUnread = countsAsUnread(message, viewerId, readSeq);
  const viewer = { userId: viewerId, name: transaction.get('account', 'account')?.name ?? '' };
  const isMention = isUnreadMention(message, viewer, readSeq);
  return {
    ...conversation,
    seq: message.seq,
    holes: addHole(conversation.holes, { fromSeq: conversation.seq + 1, toSeq: message.seq - 1 }),
    lastMessage: message,
    unread: unreadOf(readSeq, count + (isUnread ? 1 : 0), mentions + (isMention ? 1 : 0)),
  };
}

/** What is unread, as it is stored. */
export function unreadOf(readSeq: number, count: number, mentions: number): StoredConversation['unread'] {
  const isMentioned = mentions > 0 && { mentions: Math.min(unreadCap, mentions) };
  return { readSeq, count: Math.min(unreadCap, count), ...isMentioned };
}

/** Messages of a page fill a hole: `filled` is the stretch the page covers. */
export function fillFromPage(
  transaction: Transaction,
  conversation: StoredConversation,
  messages: readonly ReceivedMessage[],
  filled: { fromSeq: number; toSeq: number },
): StoredConversation {
  for (const message of messages) {
    if (holeAt(conversation.holes, message.seq) !== undefined)
      transaction.putMessage(conversation.conversationId, message);
  }
  return { ...conversation, holes: closeHoles(conversation.holes, filled) };
}

function newerInfo(held: StoredConversation, info: ConversationInfo | undefined): { info?: ConversationInfo } {
  return info !== undefined && info.rev > (held.info?.rev ?? -1) ? { info } : {};
}

function mergeMembers(held: Member[], incoming: readonly Member[] = []): Member[] {
  if (incoming.length === 0) return held;
  const members = new Map(held.map((member) => [member.userId, member]));
  for (const member of incoming) {
    if (member.rev > (members.get(member.userId)?.rev ?? -1)) members.set(member.userId, member);
  }
  return [...members.values()];
}

/** Markers only grow. */
export function mergeMarkers(held: readonly Markers[], incoming: readonly Markers[]): Markers[] {
  const markers = new Map(held.map((marker) => [marker.userId, marker]));
  for (const { userId, delivered, read } of incoming) {
    const before = markers.get(userId);
    markers.set(userId, {
      userId,
      delivered: Math.max(delivered, before?.delivered ?? 0),
      read: Math.max(read, before?.read ?? 0),
    });
  }
  return [...markers.values()];
}
