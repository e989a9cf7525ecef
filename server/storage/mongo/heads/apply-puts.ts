import { below, type BulkUpdate } from '../collection.ts';
import type { Collections } from '../database.ts';
import type { HeadDocument, Operation, Put } from '../documents.ts';

export function putsOf(operations: readonly Operation[]): Put[] {
  return operations.filter((operation): operation is Put => operation.in !== 'feeds');
}

/** Brings the records of a commit into their collections. Doing it again, or late, changes nothing that a later step has written. */
export async function applyPuts(collections: Collections, head: HeadDocument): Promise<void> {
  const byCollection = Map.groupBy(putsOf(head.pending ?? []), (put) => put.in);
  await Promise.all(
    [...byCollection].map(([name, puts]) =>
      collections[name].updateAll(
        puts.map(({ id, set, isClaimed }): BulkUpdate => ({
          where: { _id: id, step: below(head.step) },
          change: { $set: { ...set, step: head.step } },
          upsert: isClaimed !== true,
        })),
      ),
    ),
  );
}
