import { z } from 'zod';
import { operation } from '../define.ts';
import { idSchema, counterSchema, intentIdSchema } from '../ids.ts';
import { wireLimits } from '../limits.ts';
import { accountSchema, nameSchema, profileSchema } from '../entities/profile.ts';
import { sessionSchema } from '../entities/session.ts';

export const getAccount = operation({
  name: 'account.get',
  summary: 'Who am I.',
  auth: 'session',
  overSocket: true,
  rest: { method: 'GET', path: '/api/account' },
  input: z.object({}),
  output: accountSchema,
  errors: [],
  rate: 'reads',
});

export const updateProfile = operation({
  name: 'account.update-profile',
  summary: 'Changes what others see of me. A retry of an older change never undoes a newer one.',
  auth: 'session',
  overSocket: true,
  rest: { method: 'PATCH', path: '/api/account/profile' },
  input: z.object({ id: intentIdSchema, name: nameSchema }),
  output: profileSchema,
  errors: ['intent_of_another'],
  rate: 'changes',
});

export const getProfiles = operation({
  name: 'profiles.get',
  summary:
    'Profiles of people I share a conversation with or have added: those newer than the version I hold. Others are left out.',
  auth: 'session',
  overSocket: true,
  input: z.object({
    people: z
      .array(z.object({ userId: idSchema, version: counterSchema.optional() }))
      .max(wireLimits.profilesMaxPeople),
  }),
  output: z.object({ profiles: z.array(profileSchema) }),
  errors: [],
  rate: 'reads',
});

export const listSessions = operation({
  name: 'sessions.list',
  summary: 'The devices that are signed in.',
  auth: 'session',
  overSocket: true,
  rest: { method: 'GET', path: '/api/sessions' },
  input: z.object({}),
  output: z.object({ sessions: z.array(sessionSchema) }),
  errors: [],
  rate: 'reads',
});

export const revokeSession = operation({
  name: 'sessions.revoke',
  summary: 'Signs one of my devices out; its sockets are closed within a second.',
  auth: 'session',
  overSocket: true,
  rest: { method: 'DELETE', path: '/api/sessions/{sessionId}' },
  input: z.object({ sessionId: idSchema }),
  output: z.object({}),
  errors: ['not_found'],
  rate: 'changes',
});
