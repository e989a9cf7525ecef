import type { Person } from '../servers/crowd.ts';
import { Talker, type TalkerEvents } from './talker.ts';

const connectingAtOnce = 20;

/** What a way of loading wants to know of everybody. */
export interface Listener {
  acknowledged(talker: Talker): void;
  delivered(messageId: string): void;
}

const deaf: Listener = { acknowledged: () => undefined, delivered: () => undefined };

/** Everybody who is connected to one server. */
export class Talkers {
  readonly all: Talker[] = [];
  #listener: Listener = deaf;
  #lost: string | undefined;
  readonly #events: TalkerEvents = {
    acknowledged: (talker) => this.#listener.acknowledged(talker),
    delivered: (_talker, messageId) => this.#listener.delivered(messageId),
    marked: () => undefined,
    lost: (reason) => (this.#lost = reason),
  };

  async connect(port: number, people: readonly Person[], doMark: boolean): Promise<void> {
    const left = [...people];
    const worker = async () => {
      for (let person = left.shift(); person !== undefined; person = left.shift())
        this.all.push(await Talker.connect(port, person, doMark, this.#events));
    };
    await Promise.all(Array.from({ length: connectingAtOnce }, worker));
  }

  listen(listener: Listener): void {
    this.#listener = listener;
  }

  /** Resolves when `isDone`, and no markers are on their way: what a window causes is paid in that window. */
  async settled(isDone: () => boolean, counts: () => string): Promise<void> {
    const deadline = performance.now() + 20_000;
    while (!isDone() || this.#markingCount() > 0) {
      if (this.#lost !== undefined) throw new Error(this.#lost);
      if (performance.now() > deadline)
        throw new Error(`Not everything came: ${counts()}, ${this.#markingCount()} markers are out`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    if (this.#lost !== undefined) throw new Error(this.#lost);
    this.#listener = deaf;
  }

  #markingCount(): number {
    return this.all.reduce((count, talker) => count + (talker.isMarking ? 1 : 0), 0);
  }

  close(): void {
    for (const talker of this.all.splice(0)) talker.close();
  }
}
