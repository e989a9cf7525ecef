import { z } from 'zod';
import { operation } from '../define.ts';
import { counterSchema, idSchema } from '../ids.ts';
import { wireLimits } from '../limits.ts';
import { headSchema, markersSchema, recordsSchema } from '../entities/conversation.ts';
import { feedEntrySchema } from '../entities/feed.ts';

export const syncAccount = operation({
  name: 'sync.account',
  summary:
    'What has changed in my account feed above `rev`, lowest rev first. With `reset` the entries are a whole snapshot: what is not among them (over all its pages) is gone.',
  auth: 'session',
  overSocket: true,
  input: z.object({
    /** The device has everything up to this rev. */
    rev: counterSchema,
    /** Inside a snapshot: the rev the previous page ended with. */
    resetFrom: counterSchema.optional(),
  }),
  output: z.object({
    entries: z.array(feedEntrySchema),
    /** Up to here the device has everything once it has stored these entries. */
    rev: counterSchema,
    more: z.boolean(),
    reset: z.boolean(),
  }),
  errors: [],
  rate: 'sync',
});

/** Up to where a device has everything of one conversation. */
export const cursorSchema = z.object({
  conversationId: idSchema,
  rev: counterSchema,
  mrev: counterSchema,
  /** The highest seq the device holds. */
  seq: counterSchema,
  /** The id of the change at `rev`: another one on the server means another history. */
  changeId: idSchema.optional(),
});
export type Cursor = z.infer<typeof cursorSchema>;

/**
 * What a device lacks of one conversation.
 * - `cursor`: the rev up to which the device has everything once these records are stored. Below `head.rev` there is more: ask again.
 * - `leap`: there was too much to send. The records hold the newest page; between `leap.belowSeq` and the seq the device
 *   held is a hole that loads on demand (`messages.page`), and changes made to messages the device holds come from
 *   `sync.changes` up to `cursor`. Until those are through, the conversation is not up to date. With `membersAfter` not all members
 *   fitted: those behind that id are in `conversations.members`, and stored together with this answer.
 */
const answerSchema = z.object({
  conversationId: idSchema,
  /** Where the conversation stands for this viewer; someone who was removed sees it stand still. */
  head: headSchema,
  cursor: counterSchema,
  records: recordsSchema,
  markers: z.array(markersSchema).optional(),
  leap: z.object({ belowSeq: counterSchema, membersAfter: idSchema.optional() }).optional(),
});
export type ConversationAnswer = z.infer<typeof answerSchema>;

export const syncConversations = operation({
  name: 'sync.conversations',
  summary:
    'What these conversations have beyond the cursors, in the order asked. Conversations that are up to date, or not mine, are left out. `unanswered` lists those there was no room for.',
  auth: 'session',
  overSocket: true,
  input: z.object({ cursors: z.array(cursorSchema).max(wireLimits.cursorsPerSync) }),
  output: z.object({ answers: z.array(answerSchema), unanswered: z.array(idSchema) }),
  errors: [],
  rate: 'sync',
});

export const syncChanges = operation({
  name: 'sync.changes',
  summary:
    'After a leap: messages at or below `throughSeq` changed above `afterRev`, up to `throughRev`, lowest rev first.',
  auth: 'session',
  overSocket: true,
  input: z.object({
    conversationId: idSchema,
    afterRev: counterSchema,
    throughRev: counterSchema,
    throughSeq: counterSchema,
  }),
  output: z.object({
    records: recordsSchema,
    /** Everything up to this rev is in; with `more`, ask again from here. */
    rev: counterSchema,
    more: z.boolean(),
  }),
  errors: ['not_a_member'],
  rate: 'sync',
});

/**
 * Counters only grow, so equal sums over the same conversations mean equal heads: the checksum of the heartbeat is three sums.
 */
const sumsSchema = z.object({ conversations: counterSchema, revs: counterSchema, mrevs: counterSchema });
export type HeadSums = z.infer<typeof sumsSchema>;

export const checkSync = operation({
  name: 'sync.check',
  summary:
    'The heartbeat, every 30 seconds: whether the device has everything. Only where it has not, the heads are listed.',
  auth: 'session',
  overSocket: true,
  input: z.object({ accountRev: counterSchema, sums: sumsSchema }),
  output: z.object({
    isCurrent: z.boolean(),
    accountRev: counterSchema,
    heads: z.array(z.object({ conversationId: idSchema, rev: counterSchema, mrev: counterSchema })).optional(),
  }),
  errors: [],
  rate: 'sync',
});
