import type { AppView, Change, ChangeBatch, CollectionName, Collections, Snapshot } from '../../engine/api/views.ts';

interface Told {
  values: Map<string, Change>;
  listeners: Set<(batch: ChangeBatch) => void>;
  revision: number;
  app: AppView;
}

/** The fake's change feed: what is put in reaches subscribers as numbered batches of clones. */
export class FakeFeed {
  readonly #account: string;
  readonly #told: Told;

  constructor(account: string, told: AppView | Told) {
    this.#account = account;
    this.#told = 'values' in told ? told : { values: new Map(), listeners: new Set(), revision: 0, app: told };
  }

  /** The same feed, with the changes of another account. */
  of(account: string): FakeFeed {
    return new FakeFeed(account, this.#told);
  }

  get app(): AppView {
    return this.#told.app;
  }

  /** Sends one batch. A value equal to the last one under its key is left out. */
  publish(changes: readonly Change[], app?: AppView): void {
    const news = changes.filter((change) => {
      const key = `${change.account} ${change.collection} ${change.key}`;
      const isSame = JSON.stringify(this.#told.values.get(key)?.value ?? null) === JSON.stringify(change.value);
      if (change.value === null) this.#told.values.delete(key);
      else this.#told.values.set(key, structuredClone(change));
      return !isSame;
    });
    if (app) this.#told.app = app;
    if (news.length === 0 && !app) return;
    this.#told.revision += 1;
    for (const listener of this.#told.listeners) {
      listener(structuredClone({ revision: this.#told.revision, ...(app ? { app } : {}), changes: news }));
    }
  }

  /** Loses one revision, as a broken link would. */
  skipRevision(): void {
    this.#told.revision += 1;
  }

  change<C extends CollectionName>(collection: C, key: string, value: Collections[C] | null): Change {
    return { account: this.#account, collection, key, value } as Change;
  }

  keysOf(collection: CollectionName): string[] {
    const own = [...this.#told.values.values()].filter(({ account }) => account === this.#account);
    return own.filter((change) => change.collection === collection).map(({ key }) => key);
  }

  subscribe(onBatch: (batch: ChangeBatch) => void): { snapshot: Snapshot; end: () => void } {
    this.#told.listeners.add(onBatch);
    const snapshot = { revision: this.#told.revision, app: this.#told.app, changes: [...this.#told.values.values()] };
    return { snapshot: structuredClone(snapshot), end: () => this.#told.listeners.delete(onBatch) };
  }
}
