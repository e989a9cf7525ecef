import { z } from 'zod';
import { counterSchema, idSchema, timestampSchema } from '../ids.ts';
import { wireLimits } from '../limits.ts';

const place = {
  /** The id of the intent that made it. */
  id: idSchema,
  /** Its place in the conversation: 1, 2, 3, ... without holes. */
  seq: counterSchema,
  /** The conversation's rev of its last change. A copy is replaced only by one with a higher rev. */
  rev: counterSchema,
};
const origin = { at: timestampSchema, authorId: idSchema };

export const messageTextSchema = z
  .string()
  .max(wireLimits.messageMaxChars)
  .refine((text) => text.trim().length > 0, 'A message has at least one visible character');

/** What a system message tells. `authorId` of the message is who did it. */
export const systemEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('group-created'), title: z.string() }),
  z.object({ type: z.literal('members-added'), userIds: z.array(idSchema) }),
  z.object({ type: z.literal('member-removed'), userId: idSchema }),
  z.object({ type: z.literal('member-left') }),
  z.object({ type: z.literal('title-changed'), title: z.string() }),
]);
export type SystemEvent = z.infer<typeof systemEventSchema>;

/** Written by a person. `replyTo` is the id of a message of the same conversation, never a copy of it. */
export const textMessageSchema = z.object({
  ...place,
  ...origin,
  kind: z.literal('text'),
  text: z.string(),
  replyTo: idSchema.optional(),
});
/** Membership and title changes. */
export const systemMessageSchema = z.object({
  ...place,
  ...origin,
  kind: z.literal('system'),
  event: systemEventSchema,
});
/** Something at this place that the viewer may not see. */
export const stubMessageSchema = z.object({ ...place, kind: z.literal('stub') });
/** Something deleted: the place stays, the words are gone. */
export const scrubbedMessageSchema = z.object({ ...place, ...origin, kind: z.literal('scrubbed') });
/** What a reader makes of a kind, or a system event, that its version does not know. No server sends it. */
export const unknownMessageSchema = z.object({ ...place, kind: z.literal('unknown') });

export const messageSchema = z.discriminatedUnion('kind', [
  textMessageSchema,
  systemMessageSchema,
  stubMessageSchema,
  scrubbedMessageSchema,
  unknownMessageSchema,
]);

export type TextMessage = z.infer<typeof textMessageSchema>;
export type SystemMessage = z.infer<typeof systemMessageSchema>;
export type StubMessage = z.infer<typeof stubMessageSchema>;
export type ScrubbedMessage = z.infer<typeof scrubbedMessageSchema>;
export type UnknownMessage = z.infer<typeof unknownMessageSchema>;
export type Message = z.infer<typeof messageSchema>;
/** A message as a client holds it. */
export type ReceivedMessage = Message;

const placeSchema = z.object(place);

/** Reads a message from any server: unknown kinds survive as `unknown`; what has no place is `null`. */
export function readMessage(value: unknown): ReceivedMessage | null {
  const known = messageSchema.safeParse(value);
  if (known.success) return known.data;
  const placed = placeSchema.safeParse(value);
  return placed.success ? { kind: 'unknown', ...placed.data } : null;
}
