import { z } from 'zod';

/**
 * Ids are UUIDs in lower case (RFC 9562). Whoever acts mints a version 7 for the intent, and the thing the intent makes
 * carries it: a message's id is the id of the intent that sent it. A direct conversation's id is a hash of both user ids (version 8).
 */
export const idSchema = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
export type Id = z.infer<typeof idSchema>;

/** The id of an intent: a version 7, so that nobody can give something the id of two people's conversation. */
export const intentIdSchema = idSchema.refine((id) => id[14] === '7', 'The id of an intent is a UUID of version 7');

/** A counter that the server issues without holes: `seq`, `rev`, `mrev`. 0 stands before the first. */
export const counterSchema = z.int().nonnegative();

/** The server's clock, in milliseconds since 1970. For people's eyes: nothing is ordered by it. */
export const timestampSchema = z.int().nonnegative();
