import mongoose, { type Model } from 'mongoose';
import { isTaken, takenIn } from './mongo-errors.ts';

export type Where = Record<string, unknown>;
export type Change = Record<string, unknown>;

export interface FindOptions {
  sort?: Record<string, 1 | -1>;
  limit?: number;
  /** Only these fields, beside `_id`. */
  fields?: readonly string[];
}

export interface BulkUpdate {
  where: Where;
  change: Change;
  upsert?: boolean;
}

/** Stands before every single write; a test may keep it waiting for ever. */
export type BeforeWrite = () => Promise<void>;

const unordered = { ordered: false };

/** The operators of queries: values alone never become one. */
export const above = (from: number, through?: number): unknown =>
  mongoose.trusted(through === undefined ? { $gt: from } : { $gt: from, $lte: through });
export const between = (from: number, through: number): unknown => mongoose.trusted({ $gte: from, $lte: through });
export const below = (value: number): unknown => mongoose.trusted({ $lt: value });
/** Below, or not there at all. */
export const mayBeBelow = (value: number): unknown => mongoose.trusted({ $not: mongoose.trusted({ $gte: value }) });
export const anyOf = (values: readonly string[]): unknown => mongoose.trusted({ $in: [...values] });

/** The few ways this adapter reads and writes a collection; documents come and go as plain objects. */
export class Collection<D extends { _id: string }> {
  readonly model: Model<D>;
  readonly #beforeWrite: BeforeWrite | undefined;

  constructor(model: Model<D>, beforeWrite?: BeforeWrite) {
    this.model = model;
    this.#beforeWrite = beforeWrite;
  }

  async find(where: Where, { sort, limit, fields }: FindOptions = {}): Promise<D[]> {
    const query = this.model.find(where as never, fields && projectionOf(fields));
    if (sort !== undefined) void query.sort(sort);
    if (limit !== undefined) void query.limit(limit);
    return (await query.lean().exec()) as D[];
  }

  async findOne(where: Where, fields?: readonly string[]): Promise<D | null> {
    return (await this.model
      .findOne(where as never, fields && projectionOf(fields))
      .lean()
      .exec()) as D | null;
  }

  /** False: the id was taken, and nothing was written. */
  async insert(document: D): Promise<boolean> {
    return (await this.insertAll([document])).length === 0;
  }

  /** Answers those whose id was taken; the others are inserted. */
  async insertAll(documents: readonly D[]): Promise<D[]> {
    const writes = documents.map((document) => ({ insertOne: { document } }));
    const taken = await this.#write(writes);
    return taken.flatMap((index) => documents[index] ?? []);
  }

  /** Those that an upsert finds taken are left as they are: an `upsert` whose filter asks for more than the id relies on it. */
  async updateAll(updates: readonly BulkUpdate[]): Promise<void> {
    await this.#write(
      updates.map(({ where, change, upsert = false }) => ({ updateOne: { filter: where, update: change, upsert } })),
    );
  }

  /** Whether a document was there. */
  async updateOne(where: Where, change: Change): Promise<boolean> {
    await this.#beforeWrite?.();
    return (await this.model.updateOne(where as never, change as never).exec()).matchedCount === 1;
  }

  /** What the document became; `null` where none was there. */
  async findOneAndUpdate(
    where: Where,
    change: Change,
    options: { fields?: readonly string[] } = {},
  ): Promise<D | null> {
    await this.#beforeWrite?.();
    const projection = options.fields && projectionOf(options.fields);
    const settings = { returnDocument: 'after', ...(projection && { projection }) } as const;
    return (await this.model
      .findOneAndUpdate(where as never, change as never, settings)
      .lean()
      .exec()) as D | null;
  }

  /** Computes the document from what it was, in one step; makes it where there is none. */
  async compute(id: string, set: Change): Promise<D> {
    await this.#beforeWrite?.();
    const settings = { returnDocument: 'after', upsert: true, updatePipeline: true } as const;
    const compute = () =>
      this.model
        .findOneAndUpdate({ _id: id } as never, [{ $set: set }] as never, settings)
        .lean()
        .exec() as Promise<D>;
    try {
      return await compute();
    } catch (error) {
      // Two made it at once: the second finds what the first has made.
      if (!isTaken(error)) throw error;
      return compute();
    }
  }

  async removeAll(where: Where): Promise<number> {
    await this.#beforeWrite?.();
    return (await this.model.deleteMany(where as never).exec()).deletedCount;
  }

  /** The places of those whose id was taken. A test sees each as a write of its own, as the database does. */
  async #write(writes: readonly object[]): Promise<number[]> {
    if (writes.length === 0) return [];
    if (this.#beforeWrite === undefined) return this.#bulk(writes);
    const taken: number[] = [];
    for (const [index, write] of writes.entries()) {
      await this.#beforeWrite();
      if ((await this.#bulk([write])).length > 0) taken.push(index);
    }
    return taken;
  }

  async #bulk(writes: readonly object[]): Promise<number[]> {
    try {
      await this.model.bulkWrite(writes as never, unordered as never);
      return [];
    } catch (error) {
      const taken = takenIn(error);
      if (taken === null) throw error;
      return taken;
    }
  }
}

function projectionOf(fields: readonly string[]): Record<string, 1> {
  return Object.fromEntries(fields.map((field) => [field, 1]));
}
