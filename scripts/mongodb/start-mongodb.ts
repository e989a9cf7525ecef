import { join } from 'node:path';
import { isDebianAsRoot } from '../debian-packages.ts';
import { findOnPath } from '../find-on-path.ts';
import { projectRoot } from '../run-command.ts';
import { underLock } from '../setup/lock.mjs';
import { type FerretdbInstallation, findFerretdb, installFerretdb, startFerretdb } from './ferretdb.ts';
import { downloadMongod, startMongod } from './mongod.ts';

export type TestMongodb = { url: string; stop(): Promise<void> } | { missing: string };

/**
 * A MongoDB for tests, on loopback: the one that PARLEY_TEST_MONGODB_URL names; a `mongod` on the PATH; one that mongodb-memory-server
 * downloads; on Debian, as root, FerretDB in front of PostgreSQL with DocumentDB. It ends with this process, however that ends.
 *
 * The last two are installed into `.tools` where PARLEY_TEST_MONGODB=required asks for it, and used from there by every later run. So
 * asked it rejects instead of saying what is missing.
 */
export async function startMongodb(): Promise<TestMongodb> {
  try {
    const found = await findMongodb();
    if ('missing' in found) throw new Error(found.missing);
    if ('named' in found) return { url: found.named, stop: async () => undefined };
    return 'mongod' in found ? await startMongod(found.mongod) : await startFerretdb(found.ferretdb);
  } catch (error) {
    return missing(error instanceof Error ? error.message : String(error));
  }
}

/** What there is on this machine, or was brought. */
export type FoundMongodb = { named: string } | { mongod: string } | { ferretdb: FerretdbInstallation };

/** Rejects where it could not be brought. */
export async function findMongodb(): Promise<FoundMongodb | { missing: string }> {
  const named = process.env['PARLEY_TEST_MONGODB_URL'];
  if (named) return { named };
  const onPath = findOnPath('mongod');
  if (onPath !== undefined) return { mongod: onPath };
  const folder = join(projectRoot, '.tools', 'mongodb');
  const present = findFerretdb(folder);
  if (present !== undefined) return { ferretdb: present };
  if (isRequired()) {
    const downloaded = await underLock(folder, downloadMongod);
    if (downloaded !== undefined) return { mongod: downloaded };
    if (isDebianAsRoot()) return { ferretdb: await underLock(folder, installFerretdb) };
  }
  return {
    missing:
      'No MongoDB was found. Name one in PARLEY_TEST_MONGODB_URL, install mongod, or set PARLEY_TEST_MONGODB=required to bring one.',
  };
}

function isRequired(): boolean {
  return process.env['PARLEY_TEST_MONGODB'] === 'required';
}

/** Rejects a reason where MongoDB is required. */
export function missing(reason: string): { missing: string } {
  if (isRequired()) throw new Error(`MongoDB is required here. ${reason}`);
  return { missing: reason };
}
