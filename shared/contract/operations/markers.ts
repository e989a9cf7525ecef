import { z } from 'zod';
import { operation } from '../define.ts';
import { counterSchema, idSchema } from '../ids.ts';

export const moveMarkers = operation({
  name: 'markers.move',
  summary:
    'Says up to which message this device has stored, and the person has read, conversations. Markers only grow; those of conversations I am not in are passed over. Answered when written.',
  auth: 'session',
  overSocket: true,
  input: z.object({
    moves: z
      .array(
        z.object({ conversationId: idSchema, delivered: counterSchema.optional(), read: counterSchema.optional() }),
      )
      .min(1)
      .max(100),
  }),
  output: z.object({}),
  errors: [],
  rate: 'markers',
});
