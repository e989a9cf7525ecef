import type { Handshake } from '@parley/shared/contract/handshake.ts';
import type { Failure, Reply } from '@parley/shared/contract/reply.ts';

/** Why a connection ended or was never made. */
export type LinkEnd =
  /** The server refused the handshake. */
  | { kind: 'refused'; failure: Failure }
  /** Nobody answers, or the line broke. */
  | { kind: 'lost' };

export interface LinkHandlers {
  /** The handshake is through. Nothing is told before it. */
  onOpen(): void;
  /** A fact by its event name, unparsed: the server is not trusted. Told in the order they arrive. */
  onFact(name: string, payload: unknown): void;
  /** Told once, after which nothing is told. */
  onEnd(end: LinkEnd): void;
}

export interface Link {
  /**
   * Sends a request by its operation's name and answers what the server acknowledged, unparsed. Rejects when the line breaks or nothing
   * comes back in `timeoutMs`: whether the server acted is then unknown.
   */
  request(name: string, input: unknown, timeoutMs: number): Promise<Reply<unknown>>;
  /** Ends the link: what is still asked rejects, and `onEnd` is not told. */
  close(): void;
}

/** One attempt at an authenticated connection. It never reconnects by itself: the engine does that. */
export interface SocketPort {
  open(options: { address: string; token: string; protocol: Handshake['protocol']; handlers: LinkHandlers }): Link;
}
