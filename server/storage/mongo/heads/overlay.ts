import { StorageUnavailable } from '../../port/storage.ts';
import type { HeadDocument, Put } from '../documents.ts';
import { putsOf } from './apply-puts.ts';

/** What a reader throws who met a record that is newer than the head he read before it. */
class NewerThanHead extends Error {}

const maxReads = 20;

type Pending = Pick<HeadDocument, '_id' | 'step' | 'pending'>;

/** Documents as they are at a head: what is pending lies over what is stored. In no particular order. */
export function overlay<D extends { _id: string; step: number }>(
  stored: readonly D[],
  head: Pending,
  name: Put['in'],
): D[] {
  if (stored.some(({ step }) => step > head.step)) throw new NewerThanHead();
  const documents = new Map(stored.map((document) => [document._id, document]));
  for (const document of pendingIn<D>(head, name))
    documents.set(document._id, { ...documents.get(document._id), ...document });
  return [...documents.values()];
}

/** The documents that a head is about to write. */
export function pendingIn<D extends { _id: string; step: number }>(head: Pending, name: Put['in']): D[] {
  return putsOf(head.pending ?? [])
    .filter((put) => put.in === name)
    .map(({ id, set }) => ({ _id: id, step: head.step, ...set }) as unknown as D);
}

/**
 * A page in the order of rev, out of `limit` + 1 stored rows at most: what is shown, and up to which rev nothing is missing. What is
 * pending may have taken rows away from the middle; above the last row that was read, only what comes after it is unknown.
 */
export function pageByRev<D extends { _id: string; step: number; rev?: number }>(
  documents: readonly D[],
  bounds: { afterRev: number; throughRev: number; limit: number },
  stored: readonly D[],
): { shown: D[]; throughRev: number } {
  const { afterRev, limit } = bounds;
  const revOf = ({ rev = 0 }: D) => rev;
  const last = stored.length > limit ? stored.at(-1) : undefined;
  const throughRev = last === undefined ? bounds.throughRev : Math.min(revOf(last), bounds.throughRev);
  const known = documents
    .filter((document) => revOf(document) > afterRev && revOf(document) <= throughRev)
    .toSorted((one, other) => revOf(one) - revOf(other));
  const shown = known.slice(0, limit);
  return { shown, throughRev: known.length > limit ? revOf(shown.at(-1) as D) : throughRev };
}

/** Reads until all of it is of one head. Somebody has committed for every time that it was not. */
export async function atOneHead<T>(read: () => Promise<T>): Promise<T> {
  for (let reads = 0; reads < maxReads; reads += 1) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof NewerThanHead)) throw error;
    }
  }
  throw new StorageUnavailable('It changes faster than it can be read', { wasWritten: false });
}

/** For reads that cannot see by their records that the head has gone on. */
export function assertNotNewer(rev: number, headRev: number): void {
  if (rev > headRev) throw new NewerThanHead();
}
