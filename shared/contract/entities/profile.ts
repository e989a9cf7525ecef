import { z } from 'zod';
import { counterSchema, idSchema } from '../ids.ts';
import { wireLimits } from '../limits.ts';

export const nameSchema = z
  .string()
  .max(wireLimits.nameMaxChars)
  .refine((name) => name.trim().length > 0, 'A name has at least one visible character');

/** What others see of a person. `version` grows with every change; a copy with a lower one is stale. */
export const profileSchema = z.object({
  userId: idSchema,
  name: z.string().max(wireLimits.nameMaxChars),
  version: counterSchema,
});
export type Profile = z.infer<typeof profileSchema>;

/** An e-mail address as typed; compared without regard to case and outer space. */
export const emailSchema = z.string().trim().max(wireLimits.emailMaxChars).pipe(z.email());

/** What a person sees of their own account. */
export const accountSchema = z.object({ profile: profileSchema, email: z.string() });
export type Account = z.infer<typeof accountSchema>;
