import type { AppView, Change, ChangeBatch, CollectionName, Collections, Snapshot } from '../../engine/api/views.ts';

/** The fake's change feed: what is put in reaches subscribers as numbered batches of clones. */
export class FakeFeed {
  readonly #account: string;
  readonly #values = new Map<string, Change>();
  readonly #listeners = new Set<(batch: ChangeBatch) => void>();
  #revision = 0;
  #app: AppView;

  constructor(account: string, app: AppView) {
    this.#account = account;
    this.#app = app;
  }

  get app(): AppView {
    return this.#app;
  }

  /** Sends one batch. A value equal to the last one under its key is left out. */
  publish(changes: readonly Change[], app?: AppView): void {
    const news = changes.filter((change) => {
      const key = `${change.collection} ${change.key}`;
      const isSame = JSON.stringify(this.#values.get(key)?.value ?? null) === JSON.stringify(change.value);
      if (change.value === null) this.#values.delete(key);
      else this.#values.set(key, structuredClone(change));
      return !isSame;
    });
    if (app) this.#app = app;
    if (news.length === 0 && !app) return;
    this.#revision += 1;
    for (const listener of this.#listeners) {
      listener(structuredClone({ revision: this.#revision, ...(app ? { app } : {}), changes: news }));
    }
  }

  /** Loses one revision, as a broken link would. */
  skipRevision(): void {
    this.#revision += 1;
  }

  change<C extends CollectionName>(collection: C, key: string, value: Collections[C] | null): Change {
    return { account: this.#account, collection, key, value } as Change;
  }

  keysOf(collection: CollectionName): string[] {
    return [...this.#values.values()].filter((change) => change.collection === collection).map(({ key }) => key);
  }

  subscribe(onBatch: (batch: ChangeBatch) => void): { snapshot: Snapshot; end: () => void } {
    this.#listeners.add(onBatch);
    const snapshot = { revision: this.#revision, app: this.#app, changes: [...this.#values.values()] };
    return { snapshot: structuredClone(snapshot), end: () => this.#listeners.delete(onBatch) };
  }
}
