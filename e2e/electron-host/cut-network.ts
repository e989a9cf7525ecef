import type { DesktopApp, Electronic } from './desktop-app.ts';

/**
 * Takes the network from an app's main process, or gives it back: connections over TCP break and cannot be made, and Electron says that it
 * is offline. Runs in the app, so it uses nothing but its arguments.
 */
function setNetwork({ net }: Electronic, isOffline: boolean): void {
  const { Socket } = process.getBuiltinModule('node:net');
  interface Cut {
    connect: (...words: unknown[]) => import('node:net').Socket;
  }
  const prototype = Socket.prototype as unknown as Cut;
  const known = globalThis as unknown as { parleyConnect?: Cut['connect'] };
  const connect = (known.parleyConnect ??= prototype.connect);
  const refuse: Cut['connect'] = function (this: import('node:net').Socket, ...words) {
    const [first] = words.flat() as [{ path?: string } | undefined];
    if (first?.path !== undefined) return connect.apply(this, words);
    process.nextTick(() => this.destroy(Object.assign(new Error('connect ENETUNREACH'), { code: 'ENETUNREACH' })));
    return this;
  };
  prototype.connect = isOffline ? refuse : connect;
  net.isOnline = () => !isOffline;
  if (!isOffline) return;
  const { _getActiveHandles: handles } = process as unknown as { _getActiveHandles(): unknown[] };
  for (const handle of handles.call(process)) {
    if (handle instanceof Socket && (handle.remoteAddress !== undefined || handle.connecting)) handle.destroy();
  }
}

export function setOffline(app: DesktopApp, isOffline: boolean): Promise<void> {
  return app.evaluate(setNetwork, isOffline);
}
