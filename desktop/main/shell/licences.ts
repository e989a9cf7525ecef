import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { ShellCommands } from '../../ipc/shell-api.ts';

export type Licence = ShellCommands['listLicences']['value'][number];

const licencesSchema = z.array(z.object({ name: z.string(), version: z.string(), licence: z.string() }));

/** What the build found in the bundles, by name; every package once. */
export async function readLicences(files: readonly string[]): Promise<Licence[]> {
  const lists = await Promise.all(
    files.map(async (file) => licencesSchema.parse(JSON.parse(await readFile(file, 'utf8')))),
  );
  const byName = new Map(lists.flat().map((licence) => [`${licence.name}@${licence.version}`, licence]));
  return [...byName.values()].toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
}
