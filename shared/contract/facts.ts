import { z } from 'zod';
import { fact } from './define.ts';
import { counterSchema, idSchema } from './ids.ts';
import { failureSchema } from './reply.ts';
import { markersSchema, recordsSchema } from './entities/conversation.ts';
import { feedEntrySchema } from './entities/feed.ts';
import { presenceSchema } from './entities/presence.ts';
import { profileSchema } from './entities/profile.ts';

export const conversationChanged = fact({
  name: 'conversation.changed',
  summary:
    'The conversation went from `afterRev` to `rev`. A device whose cursor is `afterRev` applies the change; one that is further drops it; one that is behind fetches.',
  payload: z.object({
    conversationId: idSchema,
    afterRev: counterSchema,
    rev: counterSchema,
    changeId: idSchema,
    /** The records that changed, as a catch-up would bring them. Kinds this version does not know are fetched instead. */
    change: z.object({ kind: z.literal('records'), records: recordsSchema }),
  }),
});

export const markersMoved = fact({
  name: 'markers.moved',
  summary:
    'Members have received or read more. A device that lacks an mrev in between asks for all markers (`conversations.members`).',
  payload: z.object({
    conversationId: idSchema,
    afterMrev: counterSchema,
    mrev: counterSchema,
    markers: z.array(markersSchema),
  }),
});

export const accountChanged = fact({
  name: 'account.changed',
  summary: 'My account feed went from `afterRev` to `rev`; the same rule as for conversations.',
  payload: z.object({ afterRev: counterSchema, rev: counterSchema, entries: z.array(feedEntrySchema) }),
});

export const profileChanged = fact({
  name: 'profile.changed',
  summary: 'Somebody I share a conversation with has changed what others see of them.',
  payload: z.object({ profile: profileSchema }),
});

export const presenceChanged = fact({
  name: 'presence.changed',
  summary: 'Watched people have come or gone, gathered over a few seconds.',
  payload: z.object({ people: z.array(presenceSchema) }),
});

export const typingChanged = fact({
  name: 'typing.changed',
  summary: 'Somebody types in a conversation of mine, or has stopped. Forgotten after six seconds.',
  payload: z.object({ conversationId: idSchema, userId: idSchema, isTyping: z.boolean() }),
});

export const sessionEnded = fact({
  name: 'session.ended',
  summary: 'This session is over and the socket closes: signed out, revoked, or its refresh token was used twice.',
  payload: z.object({ error: failureSchema }),
});

export const serverStopping = fact({
  name: 'server.stopping',
  summary: 'The process is about to stop. Connect again after `reconnectInMs`, which differs from device to device.',
  payload: z.object({ reconnectInMs: z.int().nonnegative() }),
});
