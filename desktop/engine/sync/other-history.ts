import type { ReceivedMessage, TextMessage } from '@parley/shared/contract/entities/message.ts';
import type { StoredConversation, StoredIntent } from '../ports/local-store.ts';
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
  for await (const message of messagesOf(memory, conversationId)) {
    if (message.kind === 'text' && message.authorId === userId && message.rev > aboveRev) own.push(message);
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
  transaction.forgetMessages(conversationId);
  transaction.put('conversations', conversationId, emptyConversation(conversationId));
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
