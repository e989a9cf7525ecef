import type { TextMessage } from '@parley/shared/contract/entities/message.ts';
import type { StoredIntent } from '../ports/local-store.ts';
import type { AccountContext } from '../store/account-context.ts';
import type { Transaction } from '../store/account-memory.ts';
import { emptyConversation } from './apply-records.ts';

const chunk = 500;

/**
 * The server's data was restored from a backup, or copied back (D14): what this device holds is another history. Own messages that the
 * server may lack are offered again under their ids, which is harmless where it has them; then the conversation is fetched afresh.
 */
export async function startOver(
  context: AccountContext,
  transaction: Transaction,
  conversationId: string,
  aboveRev: number,
): Promise<void> {
  const held = transaction.get('conversations', conversationId);
  if (held === undefined) return;
  const { memory, userId, host } = context;
  const own: TextMessage[] = [];
  for (let fromSeq = 1; fromSeq <= held.seq; fromSeq += chunk) {
    const stretch = { conversationId, fromSeq, toSeq: fromSeq + chunk - 1, limit: chunk, take: 'oldest' as const };
    for (const message of await memory.messages.readMessages(stretch)) {
      if (message.kind === 'text' && message.authorId === userId && message.rev > aboveRev) own.push(message);
    }
  }
  // Before everything that waits in this conversation already: it was written earlier.
  let order = 1;
  for (const entry of memory.all('outbox'))
    if (entry.conversationId === conversationId) order = Math.min(order, entry.order);
  order -= own.length;
  for (const message of own) {
    const intent = offerAgain(conversationId, message, order, peerOf(held.members, userId), host.clock.now());
    transaction.put('outbox', message.id, intent);
    order += 1;
  }
  transaction.forgetMessages(conversationId);
  transaction.put('conversations', conversationId, emptyConversation(conversationId));
}

function peerOf(members: readonly { userId: string }[], userId: string): string | undefined {
  return members.length === 2 ? members.find((member) => member.userId !== userId)?.userId : undefined;
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
  };
}
