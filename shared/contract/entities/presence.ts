import { z } from 'zod';
import { idSchema, timestampSchema } from '../ids.ts';

/** Whether somebody is connected, and when they last were. */
export const presenceSchema = z.object({
  userId: idSchema,
  isOnline: z.boolean(),
  lastSeenAt: timestampSchema.optional(),
});
export type Presence = z.infer<typeof presenceSchema>;
