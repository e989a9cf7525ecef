import { z } from 'zod';
import { idSchema, timestampSchema } from '../ids.ts';

/** A device that is signed in. */
export const sessionSchema = z.object({
  sessionId: idSchema,
  deviceId: idSchema,
  deviceName: z.string(),
  createdAt: timestampSchema,
  lastSeenAt: timestampSchema,
  isCurrent: z.boolean(),
});
export type Session = z.infer<typeof sessionSchema>;
