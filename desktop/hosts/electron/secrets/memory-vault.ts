import type { SecretVault } from './secret-vault.ts';

/** Secrets that are gone when the process ends. */
export function createMemoryVault(): SecretVault {
  const secrets = new Map<string, string>();
  return {
    read: (name) => Promise.resolve(secrets.get(name) ?? null),
    write: (name, secret) => Promise.resolve(void secrets.set(name, secret)),
    erase: (name) => Promise.resolve(void secrets.delete(name)),
  };
}
