import type { ClaimedProtocol } from '../devices/device.ts';
import type { DesktopApp, Electronic } from './desktop-app.ts';

/** Runs in the app, where the handshake is the one thing written that has both a token and a protocol. */
function rewriteHandshake(_electron: Electronic, protocol: ClaimedProtocol): void {
  const write = JSON.stringify.bind(JSON) as (value: unknown, ...more: never[]) => string;
  JSON.stringify = (value: unknown, ...more: never[]) => {
    const isHandshake = typeof value === 'object' && value !== null && 'token' in value && 'protocol' in value;
    return write(isHandshake ? { ...value, protocol } : value, ...more);
  };
}

/** The server is the real one; only what this app says of itself is changed, until the app ends. */
export function claimProtocol(app: DesktopApp, protocol: ClaimedProtocol): Promise<void> {
  return app.evaluate(rewriteHandshake, protocol);
}
