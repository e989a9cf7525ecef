import type { LocalSocket } from './local-sockets.ts';
import type { OrderedStream } from './ordered-stream.ts';

/** A conversation that has a socket in this process, or one that is about to enter. */
export interface Followed {
  sockets: Set<LocalSocket>;
  /** Those whose membership is being read, until it is. */
  entering: Map<LocalSocket, Promise<void>>;
  /** Whoever enters has to be in at this rev or a later one. */
  startedAt: number;
  /** The last move of markers that was told, as far as it is known. */
  mrev: number;
  stream: OrderedStream;
  /** Up to which rev it is settled, by person, whether their sockets are in: what comes late changes nothing any more. */
  settledRevs: Map<string, number>;
}
