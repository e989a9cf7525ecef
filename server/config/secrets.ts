import { z } from 'zod';

/** The keys of one server. None of them is in the database. */
export interface Secrets {
  /** 32 bytes. */
  databaseKey: Uint8Array;
  /** What the database may still be under, while its key is being changed. */
  formerDatabaseKeys: Uint8Array[];
  /** They come from the environment, not from `secrets.json`. */
  isDatabaseKeyGiven: boolean;
  /** The first signs; all are accepted. */
  accessTokenKeys: Uint8Array[];
  refreshKey: Uint8Array;
  passwordPepper: Uint8Array;
  throttleKey: Uint8Array;
}

const keySchema = z.base64url().refine((text) => Buffer.from(text, 'base64url').length === 32);

/** What lies in `secrets.json`. */
export const secretsFileSchema = z.object({
  version: z.literal(1),
  databaseKey: keySchema,
  formerDatabaseKeys: z.array(keySchema).optional(),
  accessTokenKeys: z.array(z.object({ key: keySchema, madeAt: z.int() })).min(1),
  refreshKey: keySchema,
  passwordPepper: keySchema,
  throttleKey: keySchema,
});
export type SecretsFile = z.infer<typeof secretsFileSchema>;
