import type { Worker } from 'node:worker_threads';
import type { ConnectivityPort, Host } from '../../engine/ports/host.ts';
import { cryptoRandom } from '../common/crypto-random.ts';
import { socketIoSocket } from '../common/socket-io-socket.ts';
import { createTimerClock } from '../common/timer-clock.ts';
import { createMemoryStorePort } from '../memory/memory-local-store.ts';
import { createNodeHttp } from './node-http.ts';
import { checkVault, createKeychainVault, type Keychain, loadKeytar } from './secrets/keychain-vault.ts';
import { createMemoryVault } from './secrets/memory-vault.ts';
import { readProfileId } from './secrets/profile-id.ts';
import { type SecretVault, VaultUnavailable, type VaultTrouble } from './secrets/secret-vault.ts';
import { createTokenVault } from './secrets/token-vault.ts';
import { type LocalLoss, openSqliteStorePort } from './store/sqlite-local-store.ts';

export interface ElectronHostOptions {
  /** The profile's folder. One process at a time uses it. */
  profilePath: string;
  /** What the entries in the system's keychain are filed under. */
  keychainService: string;
  /** What a session of this device is called in lists. */
  deviceName: string;
  /** The network as Electron sees it, and waking up. */
  connectivity: ConnectivityPort;
  /** Starts `store/database-worker.ts`: a bundler finds workers in its own way. */
  startDatabaseWorker: () => Worker;
  log: Host['log'];
  /** Messages or drafts that only this device had may be lost: for the person to hear. May be told while this is still being made. */
  onLoss: (loss: LocalLoss) => void;
  /** The engine can no longer read or write what is kept: close it, close this, and make both anew, which repairs it. Told once. */
  onUnusable: () => void;
  /** Missing: the system's own. */
  loadKeychain?: () => Promise<Keychain>;
}

/** How this process keeps secrets. Without a keychain nothing is kept: secrets and everything else are gone when the process ends. */
export type SecretKeeping = { kind: 'keychain' } | { kind: 'unavailable'; trouble: VaultTrouble };

export interface ElectronHost extends Host {
  readonly secretKeeping: SecretKeeping;
  /** Closes what the engine has left open; ask it after the engine has closed. */
  close(): Promise<void>;
}

/** The engine's ports in Electron's main process, or any other of Node. Resolves within half a minute even if the keychain is silent. */
export async function createElectronHost(options: ElectronHostOptions): Promise<ElectronHost> {
  const { deviceName, connectivity, log } = options;
  const { secrets, secretKeeping } = await openSecrets(options);
  const kept = secretKeeping.kind === 'unavailable' ? undefined : await openSqliteStorePort({ ...options, secrets });
  return {
    clock: createTimerClock(),
    random: cryptoRandom,
    connectivity,
    socket: socketIoSocket,
    http: createNodeHttp(log),
    vault: createTokenVault(secrets),
    store: kept ?? createMemoryStorePort(),
    deviceName,
    log,
    secretKeeping,
    close: async () => kept?.end(),
  };
}

type SecretOptions = Pick<ElectronHostOptions, 'profilePath' | 'keychainService' | 'loadKeychain' | 'log'>;

/** Whether a host that were made now would have a keychain. Nothing is changed. */
export async function opensKeychain(options: SecretOptions): Promise<boolean> {
  return (await openSecrets(options)).secretKeeping.kind === 'keychain';
}

async function openSecrets({ profilePath, keychainService, loadKeychain = loadKeytar, log }: SecretOptions) {
  try {
    const prefix = `${await readProfileId(profilePath)}/`;
    const secrets: SecretVault = createKeychainVault(await load(loadKeychain), keychainService, prefix);
    await checkVault(secrets);
    return { secrets, secretKeeping: { kind: 'keychain' } satisfies SecretKeeping };
  } catch (error) {
    if (!(error instanceof VaultUnavailable)) throw error;
    const { trouble } = error;
    log('keychain_unavailable', { trouble, error: String(error.cause) });
    return { secrets: createMemoryVault(), secretKeeping: { kind: 'unavailable', trouble } satisfies SecretKeeping };
  }
}

async function load(loadKeychain: () => Promise<Keychain>): Promise<Keychain> {
  try {
    return await loadKeychain();
  } catch (error) {
    throw new VaultUnavailable('missing', { cause: error });
  }
}
