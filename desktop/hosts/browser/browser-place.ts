import type { ClockPort, ConnectivityPort, Host } from '../../engine/ports/host.ts';
import type { LocalStorePort } from '../../engine/ports/local-store.ts';
import { createTimerClock } from '../common/timer-clock.ts';
import { createBrowserConnectivity } from './browser-connectivity.ts';
import { createBrowserHost, logToConsole } from './create-browser-host.ts';
import { createIndexedDbStorePort } from './store/indexeddb-local-store.ts';

/** One for all tabs of a profile: the lock's name, the channel's, and what the databases' names begin with. */
export const profileName = 'parley-engine';

/** Where the engine is to run. */
export interface BrowserPlace {
  /** Missing where nothing can be kept safely: then every tab has an engine of its own, in memory. */
  kept?: {
    locks: Pick<LockManager, 'request'>;
    channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener' | 'removeEventListener'>;
    clock: Pick<ClockPort, 'schedule'>;
    /** Tells when the page comes to the front. */
    connectivity: Pick<ConnectivityPort, 'onChange'>;
    openStore(onUnusable: () => void): LocalStorePort;
  };
  createHost(store: LocalStorePort): Host;
}

/** Looks at what this browser offers: a page over plain http has neither locks nor cryptography, a private window perhaps no database. */
export async function findBrowserPlace(): Promise<BrowserPlace> {
  const { locks } = navigator as Partial<Pick<Navigator, 'locks'>>;
  const { subtle } = crypto as Partial<Pick<Crypto, 'subtle'>>;
  if (!locks || !subtle || !(await hasDatabases())) return { createHost: createBrowserHost };
  return {
    createHost: createBrowserHost,
    kept: {
      locks,
      channel: new BroadcastChannel(profileName),
      clock: createTimerClock(),
      connectivity: createBrowserConnectivity({ window, document, navigator }),
      openStore: (onUnusable) => createIndexedDbStorePort({ prefix: 'parley', log: logToConsole, onUnusable }),
    },
  };
}

async function hasDatabases(): Promise<boolean> {
  try {
    await createIndexedDbStorePort({ prefix: 'parley', log: logToConsole, onUnusable: () => undefined }).list();
    return true;
  } catch (error) {
    logToConsole('local_store_missing', { error: String(error) });
    return false;
  }
}
