import { join } from 'node:path';
import { isDebianAsRoot } from '../debian-packages.ts';
import { findOnPath } from '../find-on-path.ts';
import { projectRoot } from '../run-command.ts';
import { underLock } from '../setup/lock.mjs';
import { findFerretdb, installFerretdb, startFerretdb } from './ferretdb.ts';
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
    const started = await startOne();
    if (started !== undefined) return started;
  } catch (error) {
    return missing(error instanceof Error ? error.message : String(error));
  }
  return missing(
    'No MongoDB was found. Name one in PARLEY_TEST_MONGODB_URL, install mongod, or set PARLEY_TEST_MONGODB=required to bring one.',
  );
}

async function startOne(): Promise<Exclude<TestMongodb, { missing: string }> | undefined> {
  const named = process.env['PARLEY_TEST_MONGODB_URL'];
  if (named) return { url: named, stop: async () => undefined };
  const onPath = findOnPath('mongod');
  if (onPath !== undefined) return startMongod(onPath);
  const folder = join(projectRoot, '.tools', 'mongodb');
  const present = findFerretdb(folder);
  if (present !== undefined) return startFerretdb(present);
  if (!isRequired()) return undefined;
  const downloaded = await underLock(folder, downloadMongod);
  if (downloaded !== undefined) return startMongod(downloaded);
  if (isDebianAsRoot()) return startFerretdb(await underLock(folder, installFerretdb));
  return undefined;
}

function isRequired(): boolean {
  return process.env['PARLEY_TEST_MONGODB'] === 'required';
}

function missing(reason: string): TestMongodb {
  if (isRequired()) throw new Error(`MongoDB is required here. ${reason}`);
  return { missing: reason };
}
