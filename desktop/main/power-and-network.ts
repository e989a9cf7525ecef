import { net, powerMonitor } from 'electron';
import type { ConnectivityPort } from '../engine/ports/host.ts';

/** The system tells nobody that a network came or went, so it is asked. */
const askEveryMs = 2000;

/** Whether there is a network, and when the machine wakes up: both tell the engine to look at its connections. */
export function createConnectivity(): ConnectivityPort {
  return {
    isOnline: () => net.isOnline(),
    onChange(listener) {
      let wasOnline = net.isOnline();
      const ask = setInterval(() => {
        if (net.isOnline() === wasOnline) return;
        wasOnline = !wasOnline;
        listener();
      }, askEveryMs);
      powerMonitor.on('resume', listener);
      powerMonitor.on('unlock-screen', listener);
      return () => {
        clearInterval(ask);
        powerMonitor.off('resume', listener);
        powerMonitor.off('unlock-screen', listener);
      };
    },
  };
}
