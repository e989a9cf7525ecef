/** A step from one counter value to another, with how to tell it. */
export interface Step {
  after: number;
  rev: number;
  tell(): void;
}

/**
 * Tells the steps of one counter in order (D13). A step that comes early waits; what is missing in between is asked of `refill`, which
 * offers what it reads from the store. A step that is already covered is dropped.
 */
export class OrderedStream {
  #told: number | undefined;
  #early: Step[] = [];
  #refilling = false;
  readonly #refill: (after: number) => Promise<void>;

  constructor(refill: (after: number) => Promise<void>) {
    this.#refill = refill;
  }

  /** Everything up to here has been told; missing until `start`. */
  get told(): number | undefined {
    return this.#told;
  }

  /** From where to tell. Steps offered before are kept until then. */
  start(at: number): void {
    if (this.#told !== undefined) return;
    this.#told = at;
    this.#tellReady();
  }

  offer(step: Step): void {
    if (this.#told !== undefined && step.rev <= this.#told) return;
    this.#early.push(step);
    this.#tellReady();
  }

  #tellReady(): void {
    if (this.#told === undefined) return;
    this.#early.sort((a, b) => a.after - b.after || b.rev - a.rev);
    while (this.#early[0] !== undefined && this.#early[0].after <= this.#told) {
      const step = this.#early.shift();
      if (step === undefined || step.rev <= this.#told) continue;
      this.#told = step.rev;
      step.tell();
    }
    if (this.#early.length > 0) void this.#fillGap();
  }

  async #fillGap(): Promise<void> {
    if (this.#refilling || this.#told === undefined) return;
    this.#refilling = true;
    try {
      await this.#refill(this.#told);
    } finally {
      this.#refilling = false;
    }
  }
}
