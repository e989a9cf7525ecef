import { z } from 'zod';
import { operation } from '../define.ts';
import { idSchema, intentIdSchema } from '../ids.ts';
import { contactEntrySchema } from '../entities/feed.ts';
import { emailSchema, nameSchema, profileSchema } from '../entities/profile.ts';

export const addContact = operation({
  name: 'contacts.add',
  summary: 'Adds the person with exactly this e-mail address. Adding somebody again changes nothing.',
  auth: 'session',
  overSocket: true,
  rest: { method: 'POST', path: '/api/contacts' },
  input: z.object({ id: intentIdSchema, email: emailSchema, alias: nameSchema.optional() }),
  output: z.object({ contact: contactEntrySchema, profile: profileSchema }),
  errors: ['no_such_person', 'contact_is_self', 'discovery_off', 'intent_of_another'],
  rate: 'contacts',
});

export const renameContact = operation({
  name: 'contacts.rename',
  summary: 'Sets my own name for a contact; without `alias` they appear under the name they chose.',
  auth: 'session',
  overSocket: true,
  rest: { method: 'PATCH', path: '/api/contacts/{userId}' },
  input: z.object({ id: intentIdSchema, userId: idSchema, alias: nameSchema.optional() }),
  output: z.object({}),
  errors: ['not_found', 'intent_of_another'],
  rate: 'changes',
});

export const removeContact = operation({
  name: 'contacts.remove',
  summary: 'Removes a contact; conversations stay.',
  auth: 'session',
  overSocket: true,
  rest: { method: 'DELETE', path: '/api/contacts/{userId}' },
  input: z.object({ id: intentIdSchema, userId: idSchema }),
  output: z.object({}),
  errors: ['intent_of_another'],
  rate: 'changes',
});
