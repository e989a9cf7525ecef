import type { AccountDatabase, AccountStoreName, AccountWriting } from './account-database.ts';

/** Somebody else opened the store since, and writes to it now. */
export class StoreTakenError extends Error {
  constructor() {
    super('the local store was opened elsewhere');
  }
}

/**
 * Runs `requestAll` in one transaction that is on the disk when this resolves; when anything fails it changes nothing and rejects.
 * `requestAll` only starts requests and returns them: a transaction ends as soon as it has none.
 * Refused with `StoreTakenError` when somebody else opened the store since: two engines writing in turns would undo each other.
 */
export async function writeStrictly(
  database: AccountDatabase,
  holder: string,
  stores: Iterable<AccountStoreName>,
  requestAll: (transaction: AccountWriting) => Iterable<Promise<unknown>>,
): Promise<void> {
  const names: AccountStoreName[] = [...new Set<AccountStoreName>(['holder', ...stores])];
  const transaction = database.transaction(names, 'readwrite', { durability: 'strict' });
  const running: Promise<unknown>[] = [transaction.done];
  try {
    const current = await transaction.objectStore('holder').get('holder');
    if (current !== holder) throw new StoreTakenError();
    for (const request of requestAll(transaction)) running.push(request);
  } catch (error) {
    abort(transaction);
    await Promise.allSettled(running);
    throw error;
  }
  await Promise.all(running);
}

/** Throws where it failed by itself already. */
function abort(transaction: AccountWriting): void {
  try {
    transaction.abort();
  } catch {
    // Then it changes nothing either.
  }
}
