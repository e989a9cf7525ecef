import type { IncomingMessage } from 'node:http';
import type { Origins } from '../origins.ts';
import type { ParleyServer } from './socket-types.ts';

export interface AdmissionOptions {
  origins: Origins;
  addressOf(request: IncomingMessage): string;
  maxPerAddress: number;
  isDraining(): boolean;
}

type Decide = (error: string | null | undefined, allowed: boolean) => void;

/**
 * Who may open a transport at all, before a token is read. Browsers let any page open a WebSocket anywhere, so the origin is checked
 * here; programs send none.
 */
export function createAdmission(options: AdmissionOptions) {
  const perAddress = new Map<string, number>();

  return {
    allow(request: IncomingMessage, decide: Decide): void {
      const { origin } = request.headers;
      if (options.isDraining()) return decide('unavailable', false);
      if (origin !== undefined && !options.origins.isAllowed(origin)) return decide('origin_not_allowed', false);
      const held = perAddress.get(options.addressOf(request)) ?? 0;
      return held < options.maxPerAddress ? decide(null, true) : decide('rate_limited', false);
    },
    count(engine: ParleyServer['engine']): void {
      engine.on('connection', (raw: { request: IncomingMessage; once(event: 'close', run: () => void): void }) => {
        const address = options.addressOf(raw.request);
        perAddress.set(address, (perAddress.get(address) ?? 0) + 1);
        raw.once('close', () => {
          const left = (perAddress.get(address) ?? 1) - 1;
          if (left > 0) perAddress.set(address, left);
          else perAddress.delete(address);
        });
      });
    },
  };
}
