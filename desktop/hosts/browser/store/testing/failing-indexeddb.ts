/** The transaction breaks at its next write but `afterWrites`, as when the disk is full; whose it is is not asked. */
export function failNextBatch(afterWrites: number): void {
  const prototype = IDBObjectStore.prototype;
  const { put, delete: remove } = prototype;
  let left = afterWrites;
  const breaking = <A extends unknown[]>(original: (this: IDBObjectStore, ...values: A) => IDBRequest) =>
    function write(this: IDBObjectStore, ...values: A): IDBRequest {
      left -= 1;
      if (left < 0) {
        Object.assign(prototype, { put, delete: remove });
        this.transaction.abort();
      }
      return original.apply(this, values);
    };
  Object.assign(prototype, { put: breaking(put), delete: breaking(remove) });
}
