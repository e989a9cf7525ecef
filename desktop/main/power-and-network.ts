import { net, powerMonitor } from 'electron';
import type { ConnectivityPort } from '../engine/ports/host.ts';

/** The system tells nobody that a network came or went, so it is asked. */
const askEveryMs = 2000;

/**
 * Whether there is a network, and when the machine wakes up, for as long as the app runs. Between two answers of the system nothing
 * changes: whoever was told that there is no network is also told when there is one, however short the time in between.
 */
export function createConnectivity(): ConnectivityPort {
  const listeners = new Set<() => void>();
  let isOnline = net.isOnline();

  function tell(): void {
    isOnline = net.isOnline();
    for (const listener of [...listeners]) listener();
  }

  setInterval(() => net.isOnline() !== isOnline && tell(), askEveryMs).unref();
  powerMonitor.on('resume', tell);
  powerMonitor.on('unlock-screen', tell);
  return {
    isOnline: () => isOnline,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
