import { installDebianPackages, isDebianAsRoot } from './debian-packages.ts';
import { findOnPath } from './find-on-path.ts';

/** A keyring of its own for every profile: the keychain that the desktop app meets in the tests on Linux. */
const commands = ['dbus-run-session', 'gnome-keyring-daemon', 'secret-tool'];
const packages = ['dbus', 'gnome-keyring', 'libsecret-1-0', 'libsecret-tools'];

const isOnPath = (command: string) => findOnPath(command) !== undefined;

/** Installs what a Secret Service needs where that is possible without asking. */
export async function ensureSecretService(): Promise<void> {
  if (process.platform !== 'linux' || commands.every(isOnPath)) return;
  if (isDebianAsRoot()) {
    console.log('No Secret Service found. Installing the one of Debian ...');
    await installDebianPackages(...packages);
  }
  const missing = commands.filter((command) => !isOnPath(command));
  if (missing.length > 0) {
    throw new Error(
      `The tests of the desktop app need ${missing.join(', ')}. ` +
        `On Debian and Ubuntu they come with "apt install ${packages.join(' ')}".`,
    );
  }
}
