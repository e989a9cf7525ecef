import { createPublicKey, verify } from 'node:crypto';
import type { AppUpdater } from 'electron-updater';
import { GenericProvider } from 'electron-updater/out/providers/GenericProvider.js';
import { NotGenuineError } from './create-updates.ts';
import type { UpdateFeed } from './read-update-feed.ts';

type Options = Extract<Parameters<AppUpdater['setFeedURL']>[0], { provider: 'custom' }>;
type Runtime = ConstructorParameters<typeof GenericProvider>[2];
type UpdateInfo = Parameters<GenericProvider['resolveFiles']>[0];

/** A folder of updates whose lists are signed. What is on a list is checked against its SHA-512 by electron-updater. */
class SignedFeed extends GenericProvider {
  readonly #origin: string;
  readonly #publicKey: string;

  /** As electron-updater makes it, from the options of `signedFeed`. */
  constructor({ url, publicKey }: Options, updater: AppUpdater, runtime: Runtime) {
    super({ provider: 'generic', url }, updater, runtime);
    this.#origin = new URL(url).origin;
    this.#publicKey = publicKey;
  }

  /** Nobody learns which of his apps asked. */
  override setRequestHeaders(): void {
    super.setRequestHeaders(null);
  }

  protected override async httpRequest(list: URL): Promise<string | null> {
    const signatureUrl = new URL(list);
    signatureUrl.pathname += '.sig';
    const [content, signature] = await Promise.all([super.httpRequest(list), super.httpRequest(signatureUrl)]);
    if (content === null || signature === null || !this.#isGenuine(content, signature)) {
      throw new NotGenuineError(`The signature of ${list.pathname} is wrong`);
    }
    return content;
  }

  override resolveFiles(info: UpdateInfo): ReturnType<GenericProvider['resolveFiles']> {
    const files = super.resolveFiles(info);
    const elsewhere = files.find(({ url }) => url.origin !== this.#origin);
    if (elsewhere) throw new NotGenuineError(`The update lies elsewhere: ${elsewhere.url.origin}`);
    return files;
  }

  #isGenuine(content: string, signature: string): boolean {
    const key = createPublicKey({ key: Buffer.from(this.#publicKey, 'base64'), format: 'der', type: 'spki' });
    return verify(null, Buffer.from(content), key, Buffer.from(signature, 'base64'));
  }
}

/** What electron-updater takes as a feed. */
export function signedFeed({ url, publicKey }: UpdateFeed): Options {
  return { provider: 'custom', updateProvider: SignedFeed, url, publicKey };
}
