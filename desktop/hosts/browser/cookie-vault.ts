import type { VaultPort } from '../../engine/ports/host.ts';

/** The refresh token is in a cookie that no script sees: there is nothing to read, and nothing may be written. */
export const cookieVault: VaultPort = {
  keeps: 'cookie',
  read: () => Promise.resolve(null),
  write: () => Promise.reject(new Error('a page keeps no secrets')),
  erase: () => Promise.resolve(),
};
