import { StorageUnavailable } from '../storage/port/storage.ts';

/** Whether something failed because the storage cannot serve now: the same request may succeed later. */
export function isStorageTrouble(error: unknown): boolean {
  return error instanceof StorageUnavailable;
}
