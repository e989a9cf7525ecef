import { randomBytes } from 'node:crypto';
import type { SecretVault } from '../secrets/secret-vault.ts';

/** For each account a key of its own, among the secrets; hexadecimal. What was read once is not asked for again. */
export class DatabaseKeys {
  readonly #secrets: SecretVault;
  readonly #known = new Map<string, string>();

  constructor(secrets: SecretVault) {
    this.#secrets = secrets;
  }

  async find(accountKey: string): Promise<string | undefined> {
    const key = this.#known.get(accountKey) ?? (await this.#secrets.read(nameOf(accountKey)));
    if (key === null || !/^[0-9a-f]{64}$/.test(key)) return undefined;
    this.#known.set(accountKey, key);
    return key;
  }

  /** Kept before it is used. */
  async make(accountKey: string): Promise<string> {
    const key = randomBytes(32).toString('hex');
    await this.#secrets.write(nameOf(accountKey), key);
    this.#known.set(accountKey, key);
    return key;
  }

  async erase(accountKey: string): Promise<void> {
    this.#known.delete(accountKey);
    await this.#secrets.erase(nameOf(accountKey));
  }
}

function nameOf(accountKey: string): string {
  return `database-key/${accountKey}`;
}
