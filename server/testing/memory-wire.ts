import type { Wire } from '../peers/wire.ts';

/** What becomes of a frame on its way to one process. */
export type Fate = 'carried' | 'lost' | 'late';

/** Wires in memory that lose and delay what the test says; what is late comes with the next `deliver`, behind nothing it was ahead of. */
export class MemoryBus {
  readonly #receivers = new Map<string, { receive(frame: Buffer): void; waiting: Buffer[] }>();
  fateOf: (from: string, to: string) => Fate = () => 'carried';

  wireOf(name: string): Wire {
    return {
      isOpen: true,
      publish: (frame) => {
        for (const [to, receiver] of this.#receivers) {
          const fate = this.fateOf(name, to);
          if (fate === 'lost') continue;
          if (fate === 'late' || receiver.waiting.length > 0) receiver.waiting.push(frame);
          else receiver.receive(frame);
        }
      },
      listen: async (receive) => void this.#receivers.set(name, { receive, waiting: [] }),
      close: async () => void this.#receivers.delete(name),
    };
  }

  deliver(): void {
    for (const { receive, waiting } of this.#receivers.values()) for (const frame of waiting.splice(0)) receive(frame);
  }
}
