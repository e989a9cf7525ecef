import type { VaultPort } from '../../../engine/ports/host.ts';
import type { SecretVault } from './secret-vault.ts';

/** Refresh tokens among the secrets. */
export function createTokenVault(secrets: SecretVault): VaultPort {
  const nameOf = (accountKey: string): string => `refresh-token/${accountKey}`;
  return {
    keeps: 'token',
    read: (accountKey) => secrets.read(nameOf(accountKey)),
    write: (accountKey, refreshToken) => secrets.write(nameOf(accountKey), refreshToken),
    erase: (accountKey) => secrets.erase(nameOf(accountKey)),
  };
}
