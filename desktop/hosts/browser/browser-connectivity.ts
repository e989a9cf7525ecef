import type { ConnectivityPort } from '../../engine/ports/host.ts';

/** The parts of a page this listens to. */
export interface PageSignals {
  window: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;
  document: Pick<EventTarget, 'addEventListener' | 'removeEventListener'> & { visibilityState: string };
  navigator: { onLine: boolean };
}

/**
 * A page that comes to the front, out of the back/forward cache or out of being frozen may have slept without timers: that counts as
 * waking up.
 */
export function createBrowserConnectivity({ window, document, navigator }: PageSignals): ConnectivityPort {
  return {
    isOnline: () => navigator.onLine,
    onChange(listener) {
      const tell = (): void => listener();
      const tellWhenVisible = (): void => {
        if (document.visibilityState === 'visible') listener();
      };
      for (const type of ['online', 'offline', 'pageshow']) window.addEventListener(type, tell);
      document.addEventListener('visibilitychange', tellWhenVisible);
      document.addEventListener('resume', tell);
      return () => {
        for (const type of ['online', 'offline', 'pageshow']) window.removeEventListener(type, tell);
        document.removeEventListener('visibilitychange', tellWhenVisible);
        document.removeEventListener('resume', tell);
      };
    },
  };
}
