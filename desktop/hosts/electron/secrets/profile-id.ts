import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the profile's secrets are filed under: a person has one keychain, and may have several profiles with the same account in them. */
export async function readProfileId(profilePath: string): Promise<string> {
  const path = join(profilePath, 'profile-id');
  const found = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  if (found !== '') return found;
  const made = randomUUID();
  await mkdir(profilePath, { recursive: true, mode: 0o700 });
  await writeFile(`${path}.new`, made, { flush: true });
  await rename(`${path}.new`, path);
  return made;
}
