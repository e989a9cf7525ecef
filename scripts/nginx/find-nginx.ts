import { installDebianPackages, isDebianAsRoot } from '../debian-packages.ts';
import { findOnPath, isExecutable } from '../find-on-path.ts';

export type TestNginx = { command: string } | { missing: string };

// Not on everybody's PATH.
const place = () => findOnPath('nginx') ?? ['/usr/sbin/nginx'].find(isExecutable);

/** The nginx of this machine. Where PARLEY_TEST_MONGODB=required says that services are brought, Debian's, as root; then its absence rejects. */
export async function findNginx(): Promise<TestNginx> {
  const isRequired = process.env['PARLEY_TEST_MONGODB'] === 'required';
  if (place() === undefined && isRequired && isDebianAsRoot()) {
    console.error('Installing nginx for the tests ...');
    await installDebianPackages('nginx-light');
  }
  const command = place();
  if (command !== undefined) return { command };
  const missing =
    'No nginx was found. Install it, or, on Debian as root, set PARLEY_TEST_MONGODB=required to bring it.';
  if (isRequired) throw new Error(missing);
  return { missing };
}
