import type { Clock } from '../domain/clock.ts';
import type { Log } from '../domain/log.ts';
import type { ServingProcess, ServingRegistry } from '../storage/port/shared.ts';

const reportEveryMs = 2_000;
const lookEveryMs = 500;
const deadAfterMs = 6_000;

/** Another process serves this data, and one of the two takes for granted that it is alone. */
export class ServedElsewhere extends Error {}

interface Other {
  process: ServingProcess;
  /** It was seen to go on. */
  isLiving: boolean;
  unchangedMs: number;
}

export interface ServingWatchOptions {
  registry: ServingRegistry;
  processId: string;
  isAlone: boolean;
  clock: Clock;
  log: Log;
  /** Somebody serves the data who is not connected with the others. */
  met(processId: string): void;
  /** This process was taken for dead, and another one serves that may not serve beside it: it has to end. */
  lost(): void;
}

/**
 * Knows who else serves the same data. Who lives is seen by their beats going on, so no clock is compared with another: whoever starts
 * alone where a process was killed waits until that one has stood still for long enough.
 */
export class ServingWatch {
  readonly #options: ServingWatchOptions;
  readonly #others = new Map<string, Other>();
  #beat = 0;
  #stop = () => {};
  #reporting: Promise<void> = Promise.resolve();
  #isEnded = false;

  private constructor(options: ServingWatchOptions) {
    this.#options = options;
  }

  /** Rejects with `ServedElsewhere`. */
  static async begin(options: ServingWatchOptions): Promise<ServingWatch> {
    const watch = new ServingWatch(options);
    await watch.#report(0);
    while (watch.#inTheWay().length > 0) {
      if (watch.#inTheWay().some(({ isLiving }) => isLiving)) {
        await options.registry.remove(options.processId);
        throw new ServedElsewhere('The data is served by a process that is not connected with this one');
      }
      await new Promise<void>((resolve) => void options.clock.schedule(resolve, lookEveryMs));
      await watch.#report(lookEveryMs);
    }
    watch.#schedule();
    return watch;
  }

  /** Resolves when this process is written down no longer; nothing is called after it was asked. */
  async end(): Promise<void> {
    this.#isEnded = true;
    this.#stop();
    await this.#reporting;
    await this.#options.registry.remove(this.#options.processId);
  }

  #inTheWay(): Other[] {
    return [...this.#others.values()].filter(({ process }) => this.#options.isAlone || process.isAlone);
  }

  #schedule(): void {
    if (this.#isEnded) return;
    this.#stop = this.#options.clock.schedule(() => {
      this.#reporting = this.#report(reportEveryMs)
        .catch((error: unknown) => this.#options.log.warn('It was not written down that this process serves', error))
        .then(() => this.#schedule());
    }, reportEveryMs);
  }

  async #report(sinceMs: number): Promise<void> {
    const { registry, processId, isAlone, met, lost } = this.#options;
    this.#beat += 1;
    const { wasThere, others } = await registry.report({ processId, isAlone, beat: this.#beat });
    if (this.#isEnded) return;
    this.#look(others, sinceMs);
    // Whoever is connected may have been taken for dead by another that is, too: then both go on.
    if (!wasThere && this.#beat > 1 && (isAlone || this.#inTheWay().length > 0)) lost();
    for (const { process, isLiving, unchangedMs } of this.#others.values()) {
      if (isLiving && !isAlone) met(process.processId);
      if (unchangedMs < deadAfterMs) continue;
      this.#others.delete(process.processId);
      await registry.remove(process.processId);
    }
  }

  #look(found: readonly ServingProcess[], sinceMs: number): void {
    const ids = new Set(found.map(({ processId }) => processId));
    for (const id of this.#others.keys()) if (!ids.has(id)) this.#others.delete(id);
    for (const process of found) {
      const known = this.#others.get(process.processId);
      const hasMoved = known !== undefined && known.process.beat !== process.beat;
      const unchangedMs = known === undefined || hasMoved ? 0 : known.unchangedMs + sinceMs;
      const isLiving = hasMoved || (known?.isLiving === true && unchangedMs < deadAfterMs);
      this.#others.set(process.processId, { process, isLiving, unchangedMs });
    }
  }
}
