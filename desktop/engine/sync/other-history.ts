import type { ReceivedMessage, TextMessage } from '@parley/shared/contract/entities/message.ts';
import type { StoredConversation, StoredIntent } from '../ports/local-store.ts';
import type { AccountContext } from '../store/account-context.ts';
import type { Transaction } from '../store/account-memory.ts';
import { membershipOf } from './membership.ts';

const chunk = 500;

/**
 * The server's data was restored from a backup, or copied back (D14): what this device holds is another history. It stays readable as it
 * is until the server's answer takes its place; own messages that the server may lack are offered again under their ids, which is harmless
 * where it has them.
 */
export function outdateAll({ memory }: AccountContext, transaction: Transaction): void {
  for (const held of memory.all('conversations')) outdate(transaction, held, false);
}

/** The same, found out in one conversation: the server has it up to `sharedRev`. */
export async function outdateOne(
  context: AccountContext,
  transaction: Transaction,
  held: StoredConversation,
  sharedRev: number,
): Promise<void> {
  await offerOwn(context, transaction, held, sharedRev);
  outdate(transaction, held, true);
}

/**
 * Once the account's feed is the new one: offers what it leaves a way for, which is to the conversations I am in, and to people, whose
 * conversation comes to be by it. A group that was lost is only left to be read.
 */
export async function offerOutdated(context: AccountContext): Promise<void> {
  const { memory } = context;
  await memory.transact(async (transaction) => {
    const account = transaction.get('account', 'account');
    if (account?.isFeedOutdated !== true) return;
    const { isFeedOutdated: _, ...current } = account;
    transaction.put('account', 'account', current);
    for (const held of memory.all('conversations')) {
      if (held.outdated?.isOffered !== false) continue;
      const membership = membershipOf(memory, held.conversationId);
      const isOpen = membership === undefined ? held.info?.kind === 'direct' : membership.state === 'in';
      if (isOpen) await outdateOne(context, transaction, held, 0);
    }
  });
}

function outdate(transaction: Transaction, held: StoredConversation, isOffered: boolean): void {
  const { backfill: _, ...rest } = held;
  transaction.put('conversations', held.conversationId, { ...rest, outdated: { isOffered } });
}

/** Nothing of it could be offered, for I am not in: it is the only copy, and stays until I am. */
export function isOnlyCopy({ memory }: AccountContext, conversationId: string): boolean {
  const isUnoffered = memory.get('conversations', conversationId)?.outdated?.isOffered === false;
  return isUnoffered && membershipOf(memory, conversationId)?.state !== 'in';
}

/** Lets go of what is outdated: the server's answer is about to take its place. What was not offered yet is offered now. */
export async function replaceOutdated(
  context: AccountContext,
  transaction: Transaction,
  held: StoredConversation,
): Promise<void> {
  const { conversationId, outdated } = held;
  if (outdated?.isOffered === false) await offerOwn(context, transaction, held, 0);
  transaction.forgetMessages(conversationId);
  // How far one has read was said in seqs, which may be other messages now: the server says it anew.
  transaction.put('markers', conversationId, null);
}

async function offerOwn(
  { memory, userId, host }: AccountContext,
  transaction: Transaction,
  held: StoredConversation,
  sharedRev: number,
): Promise<void> {
  const { conversationId } = held;
  const own: TextMessage[] = [];
  for await (const message of messagesOf(memory, conversationId)) {
    if (message.kind === 'text' && message.authorId === userId && message.rev > sharedRev) own.push(message);
  }
  // Before everything that waits in this conversation already: it was written earlier.
  let order = 1;
  for (const entry of memory.all('outbox'))
    if (entry.conversationId === conversationId) order = Math.min(order, entry.order);
  order -= own.length;
  for (const message of own) {
    const intent = offerAgain(conversationId, message, order, peerOf(held, userId), host.clock.now());
    transaction.put('outbox', message.id, intent);
    order += 1;
  }
}

/** From record to record, not from seq to seq: what a hole spans is the server's word. */
async function* messagesOf(memory: AccountContext['memory'], conversationId: string): AsyncGenerator<ReceivedMessage> {
  let fromSeq = 1;
  for (;;) {
    const toSeq = Number.MAX_SAFE_INTEGER;
    const found = await memory.messages.readMessages({ conversationId, fromSeq, toSeq, limit: chunk, take: 'oldest' });
    yield* found;
    const last = found.at(-1);
    if (last === undefined || found.length < chunk) return;
    fromSeq = last.seq + 1;
  }
}

/** The other person of a direct conversation. A group of two has none: it was not made by its first message. */
function peerOf({ info, members }: StoredConversation, userId: string): string | undefined {
  return info?.kind === 'direct' ? members.find((member) => member.userId !== userId)?.userId : undefined;
}

function offerAgain(
  conversationId: string,
  message: TextMessage,
  order: number,
  directWith: string | undefined,
  at: number,
): StoredIntent {
  const { id, text, replyTo } = message;
  return {
    id,
    order,
    operation: 'sendMessage',
    conversationId,
    body: {
      id,
      conversationId,
      text,
      ...(replyTo !== undefined && { replyTo }),
      ...(directWith !== undefined && { directWith }),
    },
    at,
    isOfferedAgain: true,
  };
}
