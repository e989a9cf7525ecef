import { z } from 'zod';
import { operation } from '../define.ts';
import { counterSchema, idSchema, intentIdSchema } from '../ids.ts';
import { wireLimits } from '../limits.ts';

export const putDraft = operation({
  name: 'drafts.put',
  summary:
    'Keeps what is typed in a conversation for my other devices; an empty text removes it. Made on another version than the current one it changes nothing and answers what is there.',
  auth: 'session',
  overSocket: true,
  input: z.object({
    id: intentIdSchema,
    conversationId: idSchema,
    text: z.string().max(wireLimits.draftMaxChars),
    /** The rev of the draft this text was written over, or of the tombstone that took its place; 0 where there was none. */
    baseVersion: counterSchema,
  }),
  /** `version` is the rev of what is there now, be it a tombstone; 0: there never was anything. What is written next is written over it. */
  output: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('kept'), version: counterSchema }),
    z.object({ outcome: z.literal('conflict'), version: counterSchema, text: z.string() }),
  ]),
  errors: ['intent_of_another'],
  rate: 'drafts',
});
