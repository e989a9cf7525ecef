import type { Host } from '../../engine/ports/host.ts';
import type { LocalStorePort } from '../../engine/ports/local-store.ts';
import { createTimerClock } from '../common/timer-clock.ts';
import { createBrowserConnectivity } from './browser-connectivity.ts';
import { cryptoRandom } from '../common/crypto-random.ts';
import { cookieVault } from './cookie-vault.ts';
import { deviceNameOf } from './device-name.ts';
import { fetchHttp } from '../common/fetch-http.ts';
import { socketIoSocket } from '../common/socket-io-socket.ts';

/** To the console of whoever looks after this browser; nothing leaves it. */
export function logToConsole(event: string, details?: Record<string, unknown>): void {
  console.warn(`parley: ${event}`, details ?? {});
}

/** The engine's ports in a page. The page's own server is the only one. */
export function createBrowserHost(store: LocalStorePort): Host {
  return {
    clock: createTimerClock(),
    random: cryptoRandom,
    connectivity: createBrowserConnectivity({ window, document, navigator }),
    socket: socketIoSocket,
    http: fetchHttp,
    vault: cookieVault,
    store,
    fixedAddress: location.origin,
    deviceName: deviceNameOf(navigator.userAgent),
    log: logToConsole,
  };
}
