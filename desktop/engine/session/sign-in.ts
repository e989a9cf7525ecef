import type { AccountKey } from '../api/views.ts';
import type { Host } from '../ports/host.ts';
import { idMint } from './mint-id.ts';
import type { AskServer } from './ask-server.ts';
import type { SignedIn } from './session.ts';

/** Names an account by the server's own id, never by its address, which may change (D14). */
export function accountKeyOf(serverId: string, userId: string): AccountKey {
  return `${serverId}/${userId}`;
}

/** An address as typed, as the origin it means: https unless it says otherwise. */
export function normalizeAddress(typed: string): string {
  const trimmed = typed.trim().replace(/\/+$/, '');
  return /^https?:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
}

export interface Credentials {
  email: string;
  password: string;
  /** With a name an account is made. */
  name?: string;
}

/** Makes a session for this device. `deviceId`: the one it had in this account before, if any. */
export async function signIn(
  host: Host,
  ask: AskServer,
  address: string,
  { email, password, name }: Credentials,
  deviceId: string | undefined,
): Promise<{ signedIn: SignedIn; deviceId: string }> {
  const device = { deviceId: deviceId ?? idMint(host)(), name: host.deviceName, keeps: host.vault.keeps };
  const signedIn =
    name === undefined
      ? await ask(address, 'login', { email, password, device })
      : await ask(address, 'register', { email, password, name, device });
  return { signedIn, deviceId: device.deviceId };
}
