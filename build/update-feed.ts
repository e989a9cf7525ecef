import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Where the packages look for updates, and what proves that one is the publisher's. */
export interface UpdateFeed {
  url: string;
  signingKey: KeyObject;
}

/** The key as the app carries it. */
export function publicKeyOf({ signingKey }: UpdateFeed): string {
  return createPublicKey(signingKey).export({ type: 'spki', format: 'der' }).toString('base64');
}

/** From `PARLEY_UPDATE_URL` and `PARLEY_UPDATE_KEY_FILE`. Without both, the packages never look for updates. */
export function readUpdateFeed(environment: NodeJS.ProcessEnv): UpdateFeed | undefined {
  const { PARLEY_UPDATE_URL: url, PARLEY_UPDATE_KEY_FILE: keyFile } = environment;
  if (!url && !keyFile) return undefined;
  if (!url || !keyFile) {
    throw new Error('Updates need both: PARLEY_UPDATE_URL, and PARLEY_UPDATE_KEY_FILE with the key that signs them.');
  }
  if (!URL.canParse(url) || new URL(url).protocol !== 'https:') {
    throw new Error(`PARLEY_UPDATE_URL has to be an https address, and is "${url}".`);
  }
  const signingKey = createPrivateKey(readFileSync(keyFile));
  if (signingKey.asymmetricKeyType !== 'ed25519') {
    throw new Error(`The key in ${keyFile} is not an Ed25519 key: "openssl genpkey -algorithm ed25519" makes one.`);
  }
  return { url, signingKey };
}
