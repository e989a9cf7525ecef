import { LRUCache } from 'lru-cache';

export interface NumberedHead {
  /** Stands for the id inside the database and never leaves it. */
  number: number;
}

export interface HeadTable<H extends NumberedHead> {
  read(id: string): H | undefined;
  highestNumber(): number;
  insert(id: string, head: H): void;
  update(head: H): void;
}

/**
 * The heads in use. This process alone writes the file, so a cached head is the head. What a transaction changes is written once,
 * by `flush` before the commit; `forget` follows a rollback.
 */
export class HeadCache<H extends NumberedHead> {
  readonly #table: HeadTable<H>;
  readonly #known = new LRUCache<string, H>({ max: 50_000 });
  readonly #changed = new Set<H>();
  readonly #created = new Map<H, string>();
  readonly #deferred = new Map<string, H>();
  #nextNumber: number | undefined;

  constructor(table: HeadTable<H>) {
    this.#table = table;
  }

  find(id: string): H | undefined {
    const known = this.#deferred.get(id) ?? this.#known.get(id);
    if (known !== undefined) return known;
    const stored = this.#table.read(id);
    if (stored !== undefined) this.#known.set(id, stored);
    return stored;
  }

  /** A number nobody has. Taking one writes nothing. */
  takeNumber(): number {
    this.#nextNumber ??= this.#table.highestNumber() + 1;
    return this.#nextNumber++;
  }

  create(id: string, head: H): void {
    this.#known.set(id, head);
    this.#created.set(head, id);
  }

  change(head: H): void {
    if (!this.#created.has(head)) this.#changed.add(head);
  }

  /** Changed, and not to be written before `settle`: it is known from elsewhere how its row falls behind. */
  defer(id: string, head: H): void {
    this.#deferred.set(id, head);
  }

  /** What was deferred is written with the next `flush`. */
  settle(): void {
    for (const [id, head] of this.#deferred) {
      this.#known.set(id, head);
      this.change(head);
    }
    this.#deferred.clear();
  }

  flush(): void {
    for (const [head, id] of this.#created) this.#table.insert(id, head);
    for (const head of this.#changed) this.#table.update(head);
    this.#created.clear();
    this.#changed.clear();
  }

  forget(): void {
    this.#known.clear();
    this.#created.clear();
    this.#changed.clear();
    this.#deferred.clear();
    this.#nextNumber = undefined;
  }
}
