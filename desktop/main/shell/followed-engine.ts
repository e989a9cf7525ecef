import type { EngineApi } from '../../engine/api/engine-api.ts';
import type { AccountKey, AccountView, AppView, ChangeBatch, ConversationView } from '../../engine/api/views.ts';

export interface FollowedViews {
  readonly app: AppView;
  /** Those the engine has told of. */
  readonly accounts: ReadonlyMap<AccountKey, AccountView>;
  conversation(account: AccountKey, conversationId: string): ConversationView | undefined;
  conversations(): Iterable<ConversationView>;
  listen(listener: () => void): () => void;
}

/** What tray, badge and links need of the engine's views, as the engine last told them. */
export class FollowedEngine implements FollowedViews {
  #app: AppView = { phase: 'starting' };
  readonly #accounts = new Map<AccountKey, AccountView>();
  readonly #conversations = new Map<AccountKey, Map<string, ConversationView>>();
  readonly #listeners = new Set<() => void>();

  get app(): AppView {
    return this.#app;
  }

  get accounts(): ReadonlyMap<AccountKey, AccountView> {
    return this.#accounts;
  }

  conversation(account: AccountKey, conversationId: string): ConversationView | undefined {
    return this.#conversations.get(account)?.get(conversationId);
  }

  *conversations(): Iterable<ConversationView> {
    for (const ofAccount of this.#conversations.values()) yield* ofAccount.values();
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Forgets everything before. */
  reset(snapshot: Pick<ChangeBatch, 'app' | 'changes'>): void {
    this.#accounts.clear();
    this.#conversations.clear();
    this.apply(snapshot);
  }

  apply({ app, changes }: Pick<ChangeBatch, 'app' | 'changes'>): void {
    if (app !== undefined) this.#app = app;
    let isNews = app !== undefined;
    for (const { account, collection, key, value } of changes) {
      if (collection === 'account') put(this.#accounts, account, value);
      else if (collection === 'conversations') put(this.#conversationsOf(account), key, value);
      else continue;
      isNews = true;
    }
    if (isNews) for (const listener of [...this.#listeners]) listener();
  }

  #conversationsOf(account: AccountKey): Map<string, ConversationView> {
    const known = this.#conversations.get(account);
    if (known !== undefined) return known;
    const fresh = new Map<string, ConversationView>();
    this.#conversations.set(account, fresh);
    return fresh;
  }
}

function put<K, V>(map: Map<K, V>, key: K, value: V | null): void {
  if (value === null) map.delete(key);
  else map.set(key, value);
}

/** Follows the engine until the returned function is called; whatever was missed, a new snapshot makes up for. */
export function followEngine(engine: Pick<EngineApi, 'subscribe'>, views: FollowedEngine): () => void {
  let endSource = (): void => {};
  let isOver = false;

  async function takeSnapshot(): Promise<void> {
    endSource();
    const early: ChangeBatch[] = [];
    let hear = (batch: ChangeBatch): void => void early.push(batch);
    const { snapshot, end } = await engine.subscribe((batch) => hear(batch));
    if (isOver) return end();
    endSource = end;
    let { revision } = snapshot;
    views.reset(snapshot);
    hear = (batch) => {
      if (batch.revision <= revision) return;
      const isNext = batch.revision === revision + 1;
      revision = isNext ? batch.revision : Infinity;
      if (isNext) views.apply(batch);
      else void takeSnapshot();
    };
    early.forEach((batch) => hear(batch));
  }

  void takeSnapshot();
  return () => {
    isOver = true;
    endSource();
  };
}
