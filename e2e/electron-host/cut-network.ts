import type { DesktopApp, Electronic } from './desktop-app.ts';

/**
 * Takes the network from an app's main process, or gives it back: connections over TCP break and cannot be made, and Electron says that it
 * is offline. Runs in the app, so it uses nothing but its arguments.
 */
function setNetwork({ net }: Electronic, isOffline: boolean): void {
  interface Cut {
    isOffline: boolean;
    sockets: Set<import('node:net').Socket>;
  }
  const key = Symbol.for('parley.network');
  const place = globalThis as unknown as Record<symbol, Cut | undefined>;
  const known = place[key];
  const cut = known ?? { isOffline: false, sockets: new Set() };
  if (known === undefined) {
    place[key] = cut;
    const { Socket } = process.getBuiltinModule('node:net');
    // eslint-disable-next-line typescript/no-explicit-any -- stands in for a method with many signatures
    const original: (...words: any[]) => any = Socket.prototype.connect;
    Socket.prototype.connect = function (...words: unknown[]) {
      const [first] = words.flat() as [{ path?: string } | undefined];
      if (first?.path !== undefined) return original.apply(this, words);
      if (cut.isOffline) {
        const error = Object.assign(new Error('connect ENETUNREACH'), { code: 'ENETUNREACH' });
        process.nextTick(() => this.destroy(error));
        return this;
      }
      cut.sockets.add(this);
      this.once('close', () => cut.sockets.delete(this));
      return original.apply(this, words);
    };
  }
  cut.isOffline = isOffline;
  net.isOnline = () => !cut.isOffline;
  if (isOffline) for (const socket of cut.sockets) socket.destroy();
}

export function setOffline(app: DesktopApp, isOffline: boolean): Promise<void> {
  return app.evaluate(setNetwork, isOffline);
}
