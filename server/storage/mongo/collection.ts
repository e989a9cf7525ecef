import mongoose, { type Model } from 'mongoose';
import { Batcher } from './batcher.ts';
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

/** An update of one head, which leaves a token of its own. */
export interface StepCommit {
  where: { _id: string; step: number };
  set: Change & { token: string };
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
  readonly #writes = new Batcher<object, boolean>((writes) => this.#writeBulk(writes));
  readonly #commits = new Batcher<StepCommit, boolean>((commits) => this.#commitBulk(commits));

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

  /** Updates a head that is at this step. False: it is not, or it is not known to be; a token that is stored tells. */
  async commit(commit: StepCommit): Promise<boolean> {
    await this.#beforeWrite?.();
    return this.#commits.submit(commit);
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

  /** The places of those whose id was taken. */
  async #write(writes: readonly object[]): Promise<number[]> {
    const isTaken = await Promise.all(
      writes.map(async (write) => {
        await this.#beforeWrite?.();
        return this.#writes.submit(write);
      }),
    );
    return [...isTaken.keys()].filter((index) => isTaken[index]);
  }

  /** Whether the id of each was taken. */
  async #writeBulk(writes: readonly object[]): Promise<boolean[]> {
    const isTaken = writes.map(() => false);
    try {
      await this.model.bulkWrite(writes as never, unordered as never);
    } catch (error) {
      const taken = takenIn(error);
      if (taken === null) throw error;
      for (const index of taken) isTaken[index] = true;
    }
    return isTaken;
  }

  /** Whether each was made. Where some were not, the tokens tell which. */
  async #commitBulk(commits: readonly StepCommit[]): Promise<boolean[]> {
    const writes = commits.map(({ where, set }) => ({ updateOne: { filter: where, update: { $set: set } } }));
    const { matchedCount } = await this.model.bulkWrite(writes as never, unordered as never);
    if (matchedCount === commits.length) return commits.map(() => true);
    const ids = commits.map(({ where }) => where._id);
    const stored = new Map((await this.find({ _id: anyOf(ids) }, { fields: ['token'] })).map((one) => [one._id, one]));
    return commits.map(
      ({ where, set }) => (stored.get(where._id) as { token?: string } | undefined)?.token === set.token,
    );
  }
}

function projectionOf(fields: readonly string[]): Record<string, 1> {
  return Object.fromEntries(fields.map((field) => [field, 1]));
}
