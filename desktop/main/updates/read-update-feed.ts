import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Log } from '../log.ts';

/** Where updates of this package come from, and the key that signs them: Ed25519, SPKI, in base64. */
export interface UpdateFeed {
  url: string;
  publicKey: string;
}

const packageSchema = z.object({
  updates: z.object({ url: z.url({ protocol: /^https$/ }), publicKey: z.base64().min(1) }).optional(),
});

/** What the package was built with (`build/update-feed.ts`), read from its own archive. Without it, or with a bad one, there are no updates. */
export function readUpdateFeed(appFolder: string, log: Log): UpdateFeed | undefined {
  try {
    return packageSchema.parse(JSON.parse(readFileSync(join(appFolder, 'package.json'), 'utf8'))).updates;
  } catch (error) {
    log('the feed of updates could not be read', { error: String(error) });
    return undefined;
  }
}
