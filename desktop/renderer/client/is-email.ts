import { emailSchema } from '@parley/shared/contract/entities/profile.ts';

/** Whether a server would take this as an e-mail address. */
export function isEmail(text: string): boolean {
  return emailSchema.safeParse(text).success;
}
