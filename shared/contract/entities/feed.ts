import { z } from 'zod';
import { counterSchema, idSchema, timestampSchema } from '../ids.ts';
import { wireLimits } from '../limits.ts';
import { openEnum } from '../open-enum.ts';
import { memberStateSchema, roleSchema, visibleRangeSchema } from './conversation.ts';

/**
 * The records of an account's feed: what differs from viewer to viewer. Each has the account rev of its last change and is
 * named by `kind` and `key`; a deleted one leaves a tombstone.
 */
const entry = { rev: counterSchema };

/** The conversations an account has, and what it may see of each. */
export const membershipEntrySchema = z.object({
  ...entry,
  kind: z.literal('membership'),
  /** The conversation's id. */
  key: idSchema,
  state: memberStateSchema,
  role: roleSchema,
  /** Oldest first; between two of them lies what the account may not see. */
  ranges: z.array(visibleRangeSchema),
});

/** Up to which seq the account has read a conversation, over all its devices. Only grows. */
export const markerEntrySchema = z.object({
  ...entry,
  kind: z.literal('marker'),
  key: idSchema,
  read: counterSchema,
});

/** Somebody the account has added. `alias` is the account's own name for them. */
export const contactEntrySchema = z.object({
  ...entry,
  kind: z.literal('contact'),
  /** The other person's user id. */
  key: idSchema,
  alias: z.string().max(wireLimits.nameMaxChars).optional(),
  email: z.string(),
  directConversationId: idSchema,
});

/** What is typed but not sent. Its `rev` is the version a device writes over. */
export const draftEntrySchema = z.object({
  ...entry,
  kind: z.literal('draft'),
  key: idSchema,
  text: z.string().max(wireLimits.draftMaxChars),
});

/** Whose messages a person wants to hear of. */
export const noticeChoices = ['all', 'mentions', 'nothing'] as const;
export type NoticeChoice = (typeof noticeChoices)[number];

/** What the account wants to hear of a conversation. */
export const noticesEntrySchema = z.object({
  ...entry,
  kind: z.literal('notices'),
  /** The conversation's id. */
  key: idSchema,
  /** Whose messages are told; missing: as a device has it for all conversations. */
  choice: openEnum(noticeChoices, 'all').optional(),
  /** 0, or in the past: not muted. */
  mutedUntil: timestampSchema,
});

/** A record that was deleted. */
export const tombstoneEntrySchema = z.object({
  ...entry,
  kind: z.literal('tombstone'),
  of: z.enum(['contact', 'draft']),
  key: idSchema,
});

export const feedEntrySchema = z.discriminatedUnion('kind', [
  membershipEntrySchema,
  markerEntrySchema,
  contactEntrySchema,
  draftEntrySchema,
  noticesEntrySchema,
  tombstoneEntrySchema,
]);

export type MembershipEntry = z.infer<typeof membershipEntrySchema>;
export type MarkerEntry = z.infer<typeof markerEntrySchema>;
export type ContactEntry = z.infer<typeof contactEntrySchema>;
export type DraftEntry = z.infer<typeof draftEntrySchema>;
export type NoticesEntry = z.infer<typeof noticesEntrySchema>;
export type TombstoneEntry = z.infer<typeof tombstoneEntrySchema>;
export type FeedEntry = z.infer<typeof feedEntrySchema>;
