import type { Link, LinkHandlers, SocketPort } from '../ports/socket.ts';
import type { Random } from './seeded-random.ts';

/** What may happen to a line, each with its probability per frame. */
export interface LineFaults {
  /** The line breaks. */
  cut: number;
  /** A fact comes late, and others before it. */
  delay: number;
  /** A fact comes twice. */
  duplicate: number;
  /** The server never hears a request, or its answer never comes. */
  loseRequest: number;
  loseAnswer: number;
  /** A request arrives twice. */
  repeatRequest: number;
}

export const noFaults: LineFaults = { cut: 0, delay: 0, duplicate: 0, loseRequest: 0, loseAnswer: 0, repeatRequest: 0 };

export interface FaultySocket extends SocketPort {
  faults: LineFaults;
  /** Without it, no line comes up. */
  isUp: boolean;
  /** Breaks the line that is up. */
  cut(): void;
  /** What was asked, by operation name. */
  readonly asked: string[];
}

/** A line over a real one that loses, delays, repeats and breaks as the seed says. */
export function faultySocket(real: SocketPort, random: Random, faults: LineFaults = noFaults): FaultySocket {
  let breakLine: (() => void) | undefined;
  const socket: FaultySocket = {
    faults,
    isUp: true,
    asked: [],
    cut: () => breakLine?.(),
    open(options) {
      const line = new FaultyLine(real, options, random, socket);
      breakLine = () => line.break();
      return line;
    },
  };
  return socket;
}

class FaultyLine implements Link {
  readonly #real: Link | undefined;
  readonly #handlers: LinkHandlers;
  readonly #random: Random;
  readonly #socket: FaultySocket;
  readonly #pending = new Set<(error: Error) => void>();
  #isOver = false;

  constructor(real: SocketPort, options: Parameters<SocketPort['open']>[0], random: Random, socket: FaultySocket) {
    this.#handlers = options.handlers;
    this.#random = random;
    this.#socket = socket;
    if (!socket.isUp) {
      setTimeout(() => this.break(), 0);
      return;
    }
    this.#real = real.open({
      ...options,
      handlers: {
        onOpen: () => this.#unlessOver(() => options.handlers.onOpen()),
        onFact: (name, payload) => this.#fact(name, payload),
        onEnd: (end) =>
          this.#unlessOver(() => {
            this.#over();
            options.handlers.onEnd(end);
          }),
      },
    });
  }

  break(): void {
    this.#unlessOver(() => {
      this.#over();
      this.#real?.close();
      this.#handlers.onEnd({ kind: 'lost' });
    });
  }

  async request(name: string, input: unknown, timeoutMs: number) {
    const { faults } = this.#socket;
    this.#socket.asked.push(name);
    if (this.#happens(faults.cut)) this.break();
    const real = this.#real;
    if (this.#isOver || real === undefined) throw new Error('The line is broken');
    const broken = new Promise<never>((_, reject) => this.#pending.add(reject));
    broken.catch(() => undefined);
    if (this.#happens(faults.loseRequest)) {
      this.break();
      return broken;
    }
    if (this.#happens(faults.repeatRequest)) real.request(name, input, timeoutMs).catch(() => undefined);
    const answer = real.request(name, input, timeoutMs);
    if (this.#happens(faults.loseAnswer)) {
      void answer.catch(() => undefined).then(() => this.break());
      return broken;
    }
    return Promise.race([answer, broken]);
  }

  close(): void {
    this.#over();
    this.#real?.close();
  }

  #fact(name: string, payload: unknown): void {
    const { faults } = this.#socket;
    const tell = () => this.#unlessOver(() => this.#handlers.onFact(name, structuredClone(payload)));
    if (this.#happens(faults.cut)) this.break();
    if (this.#happens(faults.duplicate)) setTimeout(tell, this.#random() * 5);
    if (this.#happens(faults.delay)) setTimeout(tell, this.#random() * 10);
    else tell();
  }

  #happens(probability: number): boolean {
    return probability > 0 && this.#random() < probability;
  }

  #unlessOver(run: () => void): void {
    if (!this.#isOver) run();
  }

  #over(): void {
    this.#isOver = true;
    for (const reject of this.#pending) reject(new Error('The line broke'));
    this.#pending.clear();
  }
}
