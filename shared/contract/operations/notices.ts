import { z } from 'zod';
import { operation } from '../define.ts';
import { idSchema, intentIdSchema, timestampSchema } from '../ids.ts';
import { noticeChoices } from '../entities/feed.ts';

export const putNotices = operation({
  name: 'notices.put',
  summary:
    'Sets what of a conversation I want to hear of, for all my devices. Without `choice` it is as the device has it.',
  auth: 'session',
  overSocket: true,
  rest: { method: 'PUT', path: '/api/conversations/{conversationId}/notices' },
  input: z.object({
    id: intentIdSchema,
    conversationId: idSchema,
    choice: z.enum(noticeChoices).optional(),
    mutedUntil: timestampSchema,
  }),
  output: z.object({}),
  errors: ['not_a_member', 'intent_of_another'],
  rate: 'changes',
});
