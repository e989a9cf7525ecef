import { connectEngine, type MessagePortLike } from '../../engine/api/link.ts';
import type { PageBridge } from '../../ipc/page-bridge.ts';
import { connectShell } from '../../ipc/shell-client.ts';
import { followShell } from '../client/shell/shell-store.ts';
import { startApp } from './start-app.tsx';

declare global {
  interface Window {
    readonly parley: PageBridge;
  }
}

/** The way to main, dressed as one end of a message channel. */
function portOf({ ask, onTell }: PageBridge['engine']): MessagePortLike {
  const endings = new Map<unknown, () => void>();
  return {
    postMessage: ask,
    addEventListener(_type, listener) {
      endings.set(
        listener,
        onTell((data) => listener({ data })),
      );
    },
    removeEventListener(_type, listener) {
      endings.get(listener)?.();
      endings.delete(listener);
    },
  };
}

startApp(connectEngine(portOf(window.parley.engine)), { shell: followShell(connectShell(window.parley.shell)) });
