import { z } from 'zod';
import { operation } from '../define.ts';
import { idSchema } from '../ids.ts';
import { wireLimits } from '../limits.ts';
import { presenceSchema } from '../entities/presence.ts';

export const watchPresence = operation({
  name: 'presence.watch',
  summary:
    'Whether these people are there now; from here on `presence.changed` tells about them and about nobody else. People I have nothing to do with are left out.',
  auth: 'session',
  overSocket: true,
  input: z.object({ userIds: z.array(idSchema).max(wireLimits.presenceMaxPeople) }),
  output: z.object({ people: z.array(presenceSchema) }),
  errors: [],
  rate: 'presence',
});

export const setTyping = operation({
  name: 'typing.set',
  summary: 'Says that I am typing, or have stopped. Forgotten after six seconds; say it again every three.',
  auth: 'session',
  overSocket: true,
  input: z.object({ conversationId: idSchema, isTyping: z.boolean() }),
  output: z.object({}),
  errors: ['not_a_member'],
  rate: 'typing',
});
