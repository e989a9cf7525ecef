interface Waiting<I, A> {
  item: I;
  resolve(answer: A): void;
  reject(error: unknown): void;
}

const maxUnderWay = 2;
const maxItems = 200;

/** What is asked while others are being answered is asked together. `run` answers in the order of the items, or rejects for all of them. */
export class Batcher<I, A> {
  readonly #run: (items: I[]) => Promise<A[]>;
  readonly #waiting: Waiting<I, A>[] = [];
  #underWay = 0;

  constructor(run: (items: I[]) => Promise<A[]>) {
    this.#run = run;
  }

  submit(item: I): Promise<A> {
    return new Promise<A>((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      // What is submitted in the same turn belongs together.
      if (this.#waiting.length === 1) queueMicrotask(() => void this.#next());
    });
  }

  async #next(): Promise<void> {
    if (this.#underWay >= maxUnderWay || this.#waiting.length === 0) return;
    this.#underWay += 1;
    const batch = this.#waiting.splice(0, maxItems);
    try {
      const answers = await this.#run(batch.map(({ item }) => item));
      for (const [index, { resolve }] of batch.entries()) resolve(answers[index] as A);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
    this.#underWay -= 1;
    void this.#next();
  }
}
