import { type SecretVault, VaultUnavailable } from './secret-vault.ts';

/** What is used of keytar. */
export interface Keychain {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

/** Loaded late: where the system lacks the library it stands on, it does not load. */
export async function loadKeytar(): Promise<Keychain> {
  const { default: keytar } = await import('keytar');
  return keytar;
}

const timeoutMs = 10_000;

/**
 * Secrets in the system's keychain, as entries of `service` whose accounts begin with `prefix`. A call that waits for the person to unlock
 * the keychain cannot be taken back and holds one of Node's few threads: so there is one at a time, and whoever has waited for 10 s, for the
 * keychain or for those before, is refused.
 */
export function createKeychainVault(keychain: Keychain, service: string, prefix: string): SecretVault {
  let last: Promise<unknown> = Promise.resolve();

  function inTurn<T>(call: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      let isGivenUp = false;
      const timer = setTimeout(() => {
        isGivenUp = true;
        reject(new VaultUnavailable('silent'));
      }, timeoutMs);
      last = last
        .then(() => (isGivenUp ? undefined : call().then(resolve)))
        .catch((error: unknown) => reject(new VaultUnavailable(troubleIn(error), { cause: error })))
        .finally(() => clearTimeout(timer));
    });
  }

  return {
    read: (name) => inTurn(() => keychain.getPassword(service, prefix + name)),
    write: (name, secret) => inTurn(() => keychain.setPassword(service, prefix + name, secret)),
    erase: (name) => inTurn(async () => void (await keychain.deletePassword(service, prefix + name))),
  };
}

/** libsecret says in words only that there is no service: without a session bus, and without a provider on it. */
function troubleIn(error: unknown): 'missing' | 'refused' {
  return /autolaunch D-Bus|not provided by any|Could not connect|ServiceUnknown/i.test(String(error))
    ? 'missing'
    : 'refused';
}

/** An entry that is there once the keychain has shown that it takes and gives back. */
const checkName = 'check';
const checkValue = 'parley';

/**
 * Rejects with `VaultUnavailable` where the keychain cannot be relied on. Reading alone does not tell: a keychain that is locked, or was
 * never set up, says that there is nothing.
 */
export async function checkVault(vault: SecretVault): Promise<void> {
  if ((await vault.read(checkName)) === checkValue) return;
  await vault.write(checkName, checkValue);
  if ((await vault.read(checkName)) !== checkValue) throw new VaultUnavailable('refused');
}
