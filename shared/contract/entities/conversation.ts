import { z } from 'zod';
import { counterSchema, idSchema, timestampSchema } from '../ids.ts';
import { wireLimits } from '../limits.ts';
import { openEnum } from '../open-enum.ts';
import { messageSchema } from './message.ts';

export const titleSchema = z
  .string()
  .max(wireLimits.titleMaxChars)
  .refine((title) => title.trim().length > 0, 'A title has at least one visible character');

/** What someone who joins later sees of what was said before. */
export const historySchema = z.enum(['everything', 'since-joining']);

/** What a conversation is. A direct one has two members and no title. */
export const conversationInfoSchema = z.object({
  kind: openEnum(['direct', 'group'], 'group'),
  title: z.string().optional(),
  history: openEnum(historySchema.options, 'since-joining'),
  createdAt: timestampSchema,
  rev: counterSchema,
});
export type ConversationInfo = z.infer<typeof conversationInfoSchema>;

export const roleSchema = openEnum(['owner', 'member'], 'member');
export type Role = z.infer<typeof roleSchema>;

/** Whether somebody is in; if not, how they went. */
export const memberStateSchema = openEnum(['in', 'left', 'removed'], 'left');

/** A person's membership, as all members see it. The record stays when the person goes. */
export const memberSchema = z.object({
  userId: idSchema,
  role: roleSchema,
  state: memberStateSchema,
  rev: counterSchema,
});
export type Member = z.infer<typeof memberSchema>;

/** Where a conversation stands. Heads never fall. */
export const headSchema = z.object({
  rev: counterSchema,
  seq: counterSchema,
  /** The id of the last change: with an equal `rev` and another id a device knows that it looks at another history. */
  changeId: idSchema,
  mrev: counterSchema,
});
export type Head = z.infer<typeof headSchema>;

/** Up to which message a member's devices have stored, and the person has read. Both only grow. */
export const markersSchema = z.object({ userId: idSchema, delivered: counterSchema, read: counterSchema });
export type Markers = z.infer<typeof markersSchema>;

/** Records of one conversation: each the newest copy, with the rev of its last change. */
export const recordsSchema = z.object({
  info: conversationInfoSchema.optional(),
  members: z.array(memberSchema).optional(),
  messages: z.array(messageSchema).optional(),
});
export type ConversationRecords = z.infer<typeof recordsSchema>;

/** A stretch of revs and seqs a member may see; without an end it is still growing. Both ends are inside. */
export const visibleRangeSchema = z.object({
  fromRev: counterSchema,
  fromSeq: counterSchema,
  untilRev: counterSchema.optional(),
  untilSeq: counterSchema.optional(),
});
export type VisibleRange = z.infer<typeof visibleRangeSchema>;
