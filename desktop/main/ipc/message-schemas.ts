import { z } from 'zod';
import type { ToMainChannel } from '../../ipc/channels.ts';

const id = z.int();

/** What each channel accepts. What a command takes is checked where it is called: its asker is owed an answer. */
export const messageSchemas = {
  'engine:ask': z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('call'), id, command: z.string().max(64), input: z.unknown() }),
    z.strictObject({ kind: z.literal('subscribe'), id }),
    z.strictObject({ kind: z.literal('unsubscribe'), id }),
  ]),
  'shell:ask': z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('ask'), id, command: z.string().max(64), input: z.unknown() }),
    z.strictObject({ kind: z.literal('listen') }),
  ]),
} satisfies Record<ToMainChannel, z.ZodType>;
