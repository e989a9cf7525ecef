import type { AccountPorts } from './account-domain.ts';
import { networkOf } from './network-of.ts';
import { countFailure, countTry, forget, refuseWhileWaiting } from './progressive-throttle.ts';

/** One try to sign in, as the throttle sees it. Nothing in it says whether there is such an account. */
export interface LoginTry {
  email: string;
  address: string;
  deviceId: string;
}

export interface LoginThrottle {
  /** Counts the try before the password is looked at, so that many at once count as many. */
  begin(attempt: LoginTry): Promise<void>;
  failed(attempt: LoginTry): Promise<void>;
  succeeded(attempt: LoginTry): Promise<void>;
}

/**
 * Slows guessing down without letting a stranger keep the owner out (S2): what others do never stops the first try from a network
 * that has done nothing, and never touches a network or a device the owner has signed in from before.
 */
export function createLoginThrottle(
  ports: Pick<AccountPorts, 'storage' | 'clock' | 'hideName' | 'limits'>,
): LoginThrottle {
  const { clock, hideName, limits } = ports;
  const store = ports.storage.throttles;

  function keysOf(attempt: LoginTry) {
    const email = attempt.email.trim().toLowerCase();
    const network = networkOf(attempt.address);
    return {
      pair: hideName(`login-pair|${email}|${network}`),
      network: hideName(`login-network|${network}`),
      account: hideName(`login-account|${email}`),
      knownNetwork: hideName(`known-network|${email}|${network}`),
      knownDevice: hideName(`known-device|${email}|${attempt.deviceId}`),
    };
  }

  async function isKnown(keys: ReturnType<typeof keysOf>, at: number): Promise<boolean> {
    if ((await store.read(keys.knownDevice, at)) !== null) return true;
    return (await store.read(keys.knownNetwork, at)) !== null;
  }

  return {
    async begin(attempt) {
      const at = clock.now();
      const keys = keysOf(attempt);
      await refuseWhileWaiting(store, keys.pair, at);
      const known = await isKnown(keys, at);
      if (!known) await refuseWhileWaiting(store, keys.network, at);
      const failures = (await store.read(keys.account, at))?.tries ?? 0;
      const besieged = !known && failures >= limits.besieged.failures;
      await countTry(store, keys.pair, besieged ? { ...limits.pair, freeTries: 1 } : limits.pair, at);
    },
    async failed(attempt) {
      const at = clock.now();
      const keys = keysOf(attempt);
      await store.add(keys.account, limits.besieged.windowMs, at);
      await countFailure(store, keys.network, limits.network, at);
    },
    async succeeded(attempt) {
      const at = clock.now();
      const keys = keysOf(attempt);
      await forget(store, keys.pair);
      await store.add(keys.knownNetwork, limits.knownForMs, at);
      await store.add(keys.knownDevice, limits.knownForMs, at);
    },
  };
}
