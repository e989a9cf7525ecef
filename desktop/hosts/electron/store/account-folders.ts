import { access, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Where the accounts of a profile lie: for each a folder, named by its key in hexadecimal, since keys are strings that a server chose.
 *
 *     account-<hex>             in use
 *     account-<hex>.new         a database that is to take its place, not finished
 *     account-<hex>.aside-<n>   what could not be opened any more
 *     account-<hex>.erased      forgotten, and on its way out
 *
 * A folder moves by one rename, so its database and the log beside it never part.
 */
export class AccountFolders {
  readonly #root: string;

  constructor(profilePath: string) {
    this.#root = join(profilePath, 'accounts');
  }

  databaseIn(folder: string): string {
    return join(folder, 'parley.db');
  }

  folderOf(accountKey: string): string {
    return join(this.#root, `account-${Buffer.from(accountKey).toString('hex')}`);
  }

  async list(): Promise<string[]> {
    const hexes = (await this.#names()).map((name) => /^account-([0-9a-f]*)$/.exec(name)?.[1]);
    return hexes.filter((hex) => hex !== undefined).map((hex) => Buffer.from(hex, 'hex').toString());
  }

  async has(accountKey: string): Promise<boolean> {
    return exists(this.folderOf(accountKey));
  }

  async make(accountKey: string): Promise<void> {
    await mkdir(this.folderOf(accountKey), { recursive: true, mode: 0o700 });
  }

  /** Outlives the process, which may end before anything is done about it. */
  async markDamaged(accountKey: string): Promise<void> {
    await writeFile(join(this.folderOf(accountKey), 'damaged'), '');
  }

  async isDamaged(accountKey: string): Promise<boolean> {
    return exists(join(this.folderOf(accountKey), 'damaged'));
  }

  /** Answers where to. */
  async setAside(accountKey: string): Promise<string> {
    const folder = this.folderOf(accountKey);
    let to = 1;
    while (await exists(`${folder}.aside-${to}`)) to += 1;
    await rename(folder, `${folder}.aside-${to}`);
    return `${folder}.aside-${to}`;
  }

  /** An empty folder for what is to take the account's place. */
  async beginReplacement(accountKey: string): Promise<string> {
    const folder = `${this.folderOf(accountKey)}.new`;
    await remove(folder);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return folder;
  }

  /** Puts the finished replacement into the account's place. Answers where the old one is now. */
  async replace(accountKey: string): Promise<string> {
    const aside = await this.setAside(accountKey);
    await rename(`${this.folderOf(accountKey)}.new`, this.folderOf(accountKey));
    return aside;
  }

  /** Forgets the account with everything that was set aside. From the first step on it is not listed any more. */
  async erase(accountKey: string, eraseKey: () => Promise<void>): Promise<void> {
    const folder = this.folderOf(accountKey);
    if (await exists(folder)) {
      await remove(`${folder}.erased`);
      await rename(folder, `${folder}.erased`);
    }
    await this.#finishErasing(accountKey, eraseKey);
  }

  /** Finishes what the last process left half done. `onKeyLeft`: a key could not be erased; that is tried again by the next process. */
  async tidy(eraseKey: (accountKey: string) => Promise<void>, onKeyLeft: (error: unknown) => void): Promise<void> {
    for (const name of await this.#names()) {
      const [, hex, state] = /^account-([0-9a-f]*)\.(new|erased)$/.exec(name) ?? [];
      if (hex === undefined) continue;
      const accountKey = Buffer.from(hex, 'hex').toString();
      if (await this.has(accountKey)) await remove(join(this.#root, name));
      else if (state === 'new') await rename(join(this.#root, name), this.folderOf(accountKey));
      else await this.#finishErasing(accountKey, () => eraseKey(accountKey)).catch(onKeyLeft);
    }
  }

  /** The key goes first: without it nothing of the rest can be read. */
  async #finishErasing(accountKey: string, eraseKey: () => Promise<void>): Promise<void> {
    await eraseKey();
    const prefix = `account-${Buffer.from(accountKey).toString('hex')}.`;
    for (const name of await this.#names()) if (name.startsWith(prefix)) await remove(join(this.#root, name));
  }

  async #names(): Promise<string[]> {
    return readdir(this.#root).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
  }
}

export async function remove(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
