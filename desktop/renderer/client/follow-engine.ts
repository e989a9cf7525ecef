import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineApi } from '../../engine/api/engine-api.ts';
import type { ChangeBatch } from '../../engine/api/views.ts';
import { type ClientState, fromSnapshot, startingState, withBatch } from './client-state.ts';

export type ClientStore = StoreApi<ClientState>;

export function createClientStore(): ClientStore {
  return createStore<ClientState>(() => startingState);
}

/** Keeps the store equal to what the engine says until the returned function is called. */
export function followEngine(engine: EngineApi, store: ClientStore): () => void {
  let stopCurrent = startFollowing();
  return () => stopCurrent();

  function startFollowing(): () => void {
    let isStopped = false;
    let endSubscription: (() => void) | undefined;
    // Batches may overtake the answer that carries the snapshot.
    let early: ChangeBatch[] | undefined = [];

    const take = (batch: ChangeBatch) => {
      if (isStopped) return;
      if (early) {
        early.push(batch);
        return;
      }
      const next = withBatch(store.getState(), batch);
      if (next) {
        store.setState(next, true);
        return;
      }
      stop();
      stopCurrent = startFollowing();
    };
    const stop = () => {
      isStopped = true;
      endSubscription?.();
    };

    void engine.subscribe(take).then(({ snapshot, end }) => {
      endSubscription = end;
      if (isStopped) {
        end();
        return;
      }
      store.setState(fromSnapshot(snapshot), true);
      const waiting = early ?? [];
      early = undefined;
      for (const batch of waiting) take(batch);
    });
    return stop;
  }
}
