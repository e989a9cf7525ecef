import { z } from 'zod';
import { counterSchema } from './ids.ts';

const rangeSchema = z.object({ current: counterSchema, oldestAccepted: counterSchema });

/**
 * What a client gives as Socket.IO's `auth` when it connects: `{ token: accessToken, protocol: protocolVersion }`. A bare number for
 * `protocol` says that the client speaks that version only. A refusal is a `connect_error` whose `data` is a `Failure`.
 */
export const handshakeSchema = z.object({
  token: z.string().max(4_096),
  protocol: z.union([rangeSchema, counterSchema.transform((only) => ({ current: only, oldestAccepted: only }))]),
});
export type Handshake = z.input<typeof handshakeSchema>;
