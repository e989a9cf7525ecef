import { installDebianPackages, isDebianAsRoot } from '../debian-packages.ts';
import { findOnPath } from '../find-on-path.ts';

export type TestRedis = { command: string } | { missing: string };

/**
 * The `redis-server` on the PATH. Where PARLEY_TEST_REDIS=required, or PARLEY_TEST_MONGODB=required, asks for it, Debian's is installed if
 * there is none, as root; so asked it rejects instead of saying what is missing.
 */
export async function findRedisServer(): Promise<TestRedis> {
  const isRequired = [process.env['PARLEY_TEST_REDIS'], process.env['PARLEY_TEST_MONGODB']].includes('required');
  if (findOnPath('redis-server') === undefined && isRequired && isDebianAsRoot()) {
    console.error('Installing redis-server for the tests ...');
    await installDebianPackages('redis-server');
  }
  const command = findOnPath('redis-server');
  if (command !== undefined) return { command };
  const missing =
    'No redis-server was found. Install it, or, on Debian as root, set PARLEY_TEST_REDIS=required to bring it.';
  if (isRequired) throw new Error(missing);
  return { missing };
}
