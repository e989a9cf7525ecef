/** A step from one counter value to another, with how to tell it. */
export interface Step {
  after: number;
  rev: number;
  tell(): void;
  /** Called instead of `tell` where the step had been told already, by other steps or before the stream began. */
  pass?(): void;
}

/**
 * Tells the steps of one counter in order (D13). A step that comes early waits; what is missing in between is asked of `refill`, which
 * offers what it reads from the store. A step that is already covered is passed over; one that is covered in part is read anew, because
 * whoever heard its beginning would drop all of it.
 */
export class OrderedStream {
  #told: number | undefined;
  #early: Step[] = [];
  #refilling = false;
  readonly #refill: (after: number) => Promise<void>;
  readonly #failed: (error: unknown) => void;

  /** `failed` is told when a refill fails; the next step, or `fill`, tries again. */
  constructor(refill: (after: number) => Promise<void>, failed: (error: unknown) => void) {
    this.#refill = refill;
    this.#failed = failed;
  }

  /** Everything up to here has been told; missing until `start`. */
  get told(): number | undefined {
    return this.#told;
  }

  /** From where to tell. Steps offered before are kept until then, and told even where they end below. */
  start(at: number): void {
    if (this.#told !== undefined) return;
    this.#told = Math.min(at, ...this.#early.map((step) => step.after));
    this.#tellReady();
  }

  offer(step: Step): void {
    this.#early.push(step);
    this.#tellReady();
  }

  /** Nobody follows any more: what still waits is told as it is, to whoever knows where it belongs by then. */
  end(): void {
    for (const step of this.#early.splice(0).sort((a, b) => a.after - b.after)) step.tell();
  }

  #tellReady(): void {
    if (this.#told === undefined) return;
    this.#early.sort((a, b) => a.after - b.after || b.rev - a.rev);
    for (let step = this.#takeReady(); step !== undefined; step = this.#takeReady()) {
      if (step.rev <= this.#told) {
        step.pass?.();
        continue;
      }
      this.#told = step.rev;
      step.tell();
    }
    if (this.#early.length > 0) void this.#fillGap();
  }

  /** The next step that is covered, or that follows what was told. */
  #takeReady(): Step | undefined {
    const told = this.#told ?? -1;
    const index = this.#early.findIndex((step) => step.rev <= told || step.after === told);
    return index < 0 ? undefined : this.#early.splice(index, 1)[0];
  }

  async #fillGap(): Promise<void> {
    if (this.#refilling) return;
    this.#refilling = true;
    try {
      // While it reads, other steps may come: it goes on for as long as that gets it further.
      for (let before = -1; this.#early.length > 0 && this.#told !== undefined && this.#told > before;) {
        before = this.#told;
        await this.#refill(before);
      }
    } catch (error) {
      this.#failed(error);
    } finally {
      this.#refilling = false;
    }
  }
}
