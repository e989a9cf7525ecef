import { z } from 'zod';
import { operation } from '../define.ts';
import { counterSchema, idSchema, intentIdSchema } from '../ids.ts';
import { wireLimits } from '../limits.ts';
import { messageSchema, messageTextSchema } from '../entities/message.ts';
import { placedSchema } from './conversations.ts';

export const sendMessage = operation({
  name: 'messages.send',
  summary:
    'Sends a message under the id minted when it was written. Saying it twice gives the same answer and one message.',
  auth: 'session',
  overSocket: true,
  rest: { method: 'POST', path: '/api/conversations/{conversationId}/messages' },
  input: z.object({
    id: intentIdSchema,
    conversationId: idSchema,
    text: messageTextSchema,
    replyTo: idSchema.optional(),
    /** The other person, where this may be the first message of a direct conversation. */
    directWith: idSchema.optional(),
    /** The highest seq the author had on screen: moves the author's own read marker. */
    readUpTo: counterSchema.optional(),
  }),
  output: placedSchema,
  errors: [
    'not_a_member',
    'message_too_long',
    'reply_target_missing',
    'no_such_person',
    'contact_is_self',
    'intent_of_another',
  ],
  rate: 'messages',
});

export const pageMessages = operation({
  name: 'messages.page',
  summary:
    'A page of messages in the order of seq: the newest below `before`, the oldest above `after`, or the newest of all. At most one of the two is given.',
  auth: 'session',
  overSocket: true,
  rest: { method: 'GET', path: '/api/conversations/{conversationId}/messages' },
  input: z
    .object({
      conversationId: idSchema,
      before: z.coerce.number().pipe(counterSchema).optional(),
      after: z.coerce.number().pipe(counterSchema).optional(),
      limit: z.coerce.number().int().min(1).max(wireLimits.pageMaxMessages).default(50),
    })
    .refine((page) => page.before === undefined || page.after === undefined, 'Give `before` or `after`, not both'),
  output: z.object({
    /** The conversation's rev at which the page was read. A page older than a change the reader has dropped is asked again. */
    atRev: counterSchema,
    /** Oldest first. Fewer than `limit` where the visible history ends. */
    messages: z.array(messageSchema),
    hasMore: z.boolean(),
  }),
  errors: ['not_a_member'],
  rate: 'reads',
});

export const countReceipts = operation({
  name: 'messages.receipts',
  summary:
    'To how many other members my messages were delivered and by how many they were read. `not_found` where one of them is not there for me.',
  auth: 'session',
  overSocket: true,
  input: z.object({
    conversationId: idSchema,
    seqs: z.array(counterSchema).min(1).max(wireLimits.receiptsMaxMessages),
  }),
  output: z.object({
    receipts: z.array(
      z.object({ seq: counterSchema, delivered: counterSchema, read: counterSchema, others: counterSchema }),
    ),
  }),
  errors: ['not_a_member', 'not_found'],
  rate: 'reads',
});
