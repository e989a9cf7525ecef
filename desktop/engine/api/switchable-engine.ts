import type { EngineApi } from './engine-api.ts';
import type { ChangeBatch } from './views.ts';

/** One engine to its readers, whichever stands behind it. */
export interface SwitchableEngine extends EngineApi {
  /**
   * From now on `engine` answers. Readers of the one before are told a batch with a revision missing: they take a new snapshot, as
   * after any hole. Commands under way are still answered by the one they were given to.
   */
  switchTo(engine: EngineApi): void;
}

interface Reader {
  onBatch(batch: ChangeBatch): void;
  lastRevision: number;
  endSource(): void;
}

export function createSwitchableEngine(first: EngineApi): SwitchableEngine {
  let current = first;
  const readers = new Set<Reader>();

  function tell(reader: Reader, batch: ChangeBatch): void {
    reader.lastRevision = batch.revision;
    reader.onBatch(batch);
  }

  async function subscribe(onBatch: (batch: ChangeBatch) => void): ReturnType<EngineApi['subscribe']> {
    const source = current;
    const early: ChangeBatch[] = [];
    let hear = (batch: ChangeBatch): void => void early.push(batch);
    const { snapshot, end } = await source.subscribe((batch) => hear(batch));
    if (source !== current) {
      end();
      return subscribe(onBatch);
    }
    const reader: Reader = { onBatch, lastRevision: snapshot.revision, endSource: end };
    readers.add(reader);
    hear = (batch) => {
      if (readers.has(reader)) tell(reader, batch);
    };
    early.forEach(hear);
    return {
      snapshot,
      end() {
        if (readers.delete(reader)) reader.endSource();
      },
    };
  }

  return {
    call: (command, input) => current.call(command, input),
    subscribe,
    switchTo(engine) {
      current = engine;
      const left = [...readers];
      readers.clear();
      for (const reader of left) {
        reader.endSource();
        tell(reader, { revision: reader.lastRevision + 2, changes: [] });
      }
    },
  };
}
