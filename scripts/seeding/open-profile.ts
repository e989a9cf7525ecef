import { createElectronHost, type ElectronHost } from '../../desktop/hosts/electron/create-electron-host.ts';
import { startDatabaseWorker } from '../../desktop/hosts/electron/testing/start-database-worker.ts';

/** The app's own ports on a profile that it is not running on, with the keychain of this desktop session. Whoever opens it closes it. */
export async function openProfile(profilePath: string): Promise<ElectronHost> {
  const host = await createElectronHost({
    profilePath,
    keychainService: 'Parley',
    deviceName: 'seeded',
    connectivity: { isOnline: () => true, onChange: () => () => undefined },
    startDatabaseWorker,
    log: (event, details) => console.error(event, details ?? ''),
    onLoss: ({ cause, folder }) => console.error(`${folder}: ${cause}`),
    onUnusable: () => process.exit(1),
  });
  if (host.secretKeeping.kind === 'keychain') return host;
  await host.close();
  throw new Error('This desktop session has no keychain, so nothing that is written could be read again');
}
