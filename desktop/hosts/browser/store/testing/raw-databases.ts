import { openDB } from 'idb';

/** One record as it lies on the disk. */
export interface RawRecord {
  database: string;
  store: string;
  key: IDBValidKey;
  value: unknown;
}

/** Everything on the disk whose database begins with `prefix`. */
export async function readRaw(prefix: string): Promise<RawRecord[]> {
  const records: RawRecord[] = [];
  for (const { name } of await indexedDB.databases()) {
    if (!name?.startsWith(prefix)) continue;
    const database = await openDB(name);
    for (const store of database.objectStoreNames) {
      const [keys, values] = await Promise.all([database.getAllKeys(store), database.getAll(store)]);
      keys.forEach((key, index) => records.push({ database: name, store, key, value: values[index] }));
    }
    database.close();
  }
  return records;
}

/** Writes a record as it lies on the disk, past the adapter. */
export async function putRaw({ database: name, store, key, value }: RawRecord): Promise<void> {
  const database = await openDB(name);
  const transaction = database.transaction(store, 'readwrite');
  await transaction.store.put(value, transaction.store.keyPath === null ? key : undefined);
  await transaction.done;
  database.close();
}

/** Flips one bit of what is sealed in the record. */
export async function flipBit(record: RawRecord): Promise<void> {
  const sealed = record.value as { bytes: ArrayBuffer };
  const bytes = new Uint8Array(sealed.bytes.slice(0));
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  await putRaw({ ...record, value: { ...sealed, bytes: bytes.buffer } });
}
