import type { AccountKey, AppView, Change, ChangeBatch, CollectionName, Collections, Snapshot } from '../api/views.ts';

/**
 * What the UI has been told, and what it has not yet: values that really changed, gathered until the running task ends, then told as
 * one batch with the next revision.
 */
export class ChangeFeed {
  #revision = 0;
  #app: AppView = { phase: 'starting' };
  readonly #told = new Map<string, { change: Change; json: string }>();
  readonly #pending = new Map<string, Change>();
  #pendingApp: AppView | undefined;
  #isScheduled = false;
  readonly #listeners = new Set<(batch: ChangeBatch) => void>();

  set<C extends CollectionName>(account: AccountKey, collection: C, key: string, value: Collections[C] | null): void {
    this.#pending.set(nameOf(account, collection, key), { account, collection, key, value } as Change);
    this.#schedule();
  }

  setApp(app: AppView): void {
    this.#pendingApp = app;
    this.#schedule();
  }

  /** Takes back everything of an account, or (`within`) of a collection whose keys begin so. */
  clear(account: AccountKey, collection?: CollectionName, within = ''): void {
    for (const changes of [this.#pending.values(), [...this.#told.values()].map(({ change }) => change)]) {
      for (const change of changes) {
        if (change.account !== account || (collection !== undefined && change.collection !== collection)) continue;
        if (change.key.startsWith(within)) this.set(account, change.collection, change.key, null);
      }
    }
  }

  snapshot(): Snapshot {
    this.#flush();
    return { revision: this.#revision, app: this.#app, changes: [...this.#told.values()].map(({ change }) => change) };
  }

  listen(listener: (batch: ChangeBatch) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    void Promise.resolve().then(() => this.#flush());
  }

  #flush(): void {
    this.#isScheduled = false;
    const changes = [...this.#pending.values()].filter((change) => this.#note(change));
    const app = this.#pendingApp;
    this.#pending.clear();
    this.#pendingApp = undefined;
    if (app !== undefined) this.#app = app;
    if (changes.length === 0 && app === undefined) return;
    this.#revision += 1;
    const batch: ChangeBatch = { revision: this.#revision, changes, ...(app && { app }) };
    for (const listener of this.#listeners) listener(batch);
  }

  /** Whether this is news. */
  #note(change: Change): boolean {
    const name = nameOf(change.account, change.collection, change.key);
    if (change.value === null) return this.#told.delete(name);
    const json = JSON.stringify(change.value);
    if (this.#told.get(name)?.json === json) return false;
    this.#told.set(name, { change, json });
    return true;
  }
}

function nameOf(account: AccountKey, collection: CollectionName, key: string): string {
  return `${account}\n${collection}\n${key}`;
}
