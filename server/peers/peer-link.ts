import type { Clock } from '../domain/clock.ts';
import type { Notice, NoticeKind, PeerListener, Peers } from '../domain/live/peers.ts';
import type { Log } from '../domain/log.ts';
import { FrameCodec, type FrameHead } from './frames.ts';
import type { Wire } from './wire.ts';

/** Four of these, and reading what was missed, are less than the second within which a removal has to be heard (D13). */
const beatEveryMs = 200;
/** Counted in own beats and not by the clock: a process that stood still itself has heard nobody. */
const silentAfterBeats = 3;
const catchUpEveryBeats = 4;
const partedAfterBeats = 300;

interface Peer {
  /** Of its last frame; missing until there was one. */
  number: number | undefined;
  /** Own beats since then. */
  silence: number;
}

export interface PeerLinkOptions {
  wire: Wire;
  /** What the processes of this server have in common and nobody else has. */
  secret: Uint8Array;
  /** Of this start of this process. */
  processId: string;
  clock: Clock;
  log: Log;
}

/**
 * Tells notices over a wire that may lose them, and notices that it did: every process numbers its frames and sends one at least every
 * `beatEveryMs`, and each hears its own. A number that is missing is a loss; a process that is silent, this one included, may be telling
 * what cannot be heard. In both cases the listener catches up from the store, in the latter every four beats until it is heard again.
 */
export class PeerLink implements Peers {
  readonly #wire: Wire;
  readonly #frames: FrameCodec;
  readonly #processId: string;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #peers = new Map<string, Peer>();
  #listener: PeerListener | undefined;
  #number = 0;
  #hasMissed = false;
  #isCatchingUp = false;
  #beatsSinceCatchUp = catchUpEveryBeats;
  #cancelBeat = () => {};

  constructor({ wire, secret, processId, clock, log }: PeerLinkOptions) {
    this.#wire = wire;
    this.#frames = new FrameCodec(secret);
    this.#processId = processId;
    this.#clock = clock;
    this.#log = log;
    this.#peers.set(processId, { number: undefined, silence: 0 });
  }

  listen(listener: PeerListener): void {
    this.#listener = listener;
  }

  /** Resolves when this process hears the others. To be called before anybody follows anything. */
  async start(): Promise<void> {
    await this.#wire.listen((frame) => this.#receive(frame));
    this.#beat();
  }

  tell(notice: Notice): void {
    const { kind, about, ...body } = notice;
    this.#publish(kind, about, body);
  }

  /** Somebody who serves the same data and has to be heard. */
  expect(processId: string): void {
    if (!this.#peers.has(processId)) this.#peers.set(processId, { number: undefined, silence: silentAfterBeats });
  }

  /** Everybody is heard, and nothing is missing. */
  get isWhole(): boolean {
    return this.#wire.isOpen && !this.#hasMissed && [...this.#peers.values()].every(isHeard);
  }

  async close(): Promise<void> {
    this.#cancelBeat();
    this.#publish('bye', '', null);
    await this.#wire.close();
  }

  #publish(kind: string, about: string, body: unknown): void {
    this.#number += 1;
    this.#wire.publish(this.#frames.encode({ processId: this.#processId, number: this.#number, kind, about }, body));
  }

  #beat(): void {
    this.#publish('beat', '', null);
    this.#beatsSinceCatchUp += 1;
    for (const [processId, peer] of this.#peers) {
      peer.silence += 1;
      if (peer.silence > partedAfterBeats && processId !== this.#processId) this.#part(processId);
    }
    if (!this.isWhole) this.#catchUpIfDue();
    this.#cancelBeat = this.#clock.schedule(() => this.#beat(), beatEveryMs);
  }

  #receive(frame: Buffer): void {
    const head = this.#frames.headOf(frame);
    if (head === null) return;
    const { processId, number, kind } = head;
    const peer = this.#peers.get(processId) ?? { number: undefined, silence: 0 };
    this.#peers.set(processId, peer);
    const isFirst = peer.number === undefined;
    const isNext = peer.number !== undefined && number === peer.number + 1;
    peer.number = number;
    peer.silence = 0;
    if (processId !== this.#processId) {
      if (isFirst) this.#listener?.met();
      if (kind === 'bye') this.#part(processId);
      else if (kind !== 'beat') this.#hear(frame, head);
    }
    if (!isNext) this.#miss();
  }

  #hear(frame: Buffer, head: FrameHead): void {
    const { kind, about, processId } = head;
    if (this.#listener?.concerns(kind as NoticeKind, about) !== true) return;
    try {
      const body = this.#frames.bodyOf(frame, head) as object;
      this.#listener.hear({ kind, about, ...body } as Notice, processId);
    } catch (error) {
      this.#log.error('A notice of another process could not be read', error);
      this.#miss();
    }
  }

  #part(processId: string): void {
    this.#peers.delete(processId);
    this.#frames.forget(processId);
    this.#listener?.parted(processId);
  }

  #miss(): void {
    this.#hasMissed = true;
    this.#catchUpIfDue();
  }

  #catchUpIfDue(): void {
    if (this.#isCatchingUp || this.#beatsSinceCatchUp < catchUpEveryBeats || this.#listener === undefined) return;
    this.#isCatchingUp = true;
    this.#hasMissed = false;
    this.#beatsSinceCatchUp = 0;
    this.#listener
      .catchUp()
      .catch((error: unknown) => {
        this.#hasMissed = true;
        this.#log.warn('What other processes did was not read', error);
      })
      .finally(() => {
        this.#isCatchingUp = false;
      });
  }
}

const isHeard = ({ silence, number }: Peer) => number !== undefined && silence <= silentAfterBeats;
