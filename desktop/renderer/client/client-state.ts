import type {
  AccountKey,
  AccountView,
  AppView,
  Change,
  ChangeBatch,
  Collections,
  MessageView,
  Snapshot,
} from '../../engine/api/views.ts';

type ByKey<T> = ReadonlyMap<string, T>;

/** One account's collections. Values keep their identity until the engine replaces them. */
export interface AccountState {
  account: AccountView | undefined;
  people: ByKey<Collections['people']>;
  presence: ByKey<Collections['presence']>;
  conversations: ByKey<Collections['conversations']>;
  members: ByKey<Collections['members']>;
  threads: ByKey<Collections['threads']>;
  drafts: ByKey<Collections['drafts']>;
  typing: ByKey<Collections['typing']>;
  /** By conversation id, in the order they stand on screen. */
  messages: ByKey<readonly MessageView[]>;
}

/** The engine's sharable state as of `revision`. */
export interface ClientState {
  revision: number;
  app: AppView;
  accounts: ReadonlyMap<AccountKey, AccountState>;
}

export const startingState: ClientState = { revision: -1, app: { phase: 'starting' }, accounts: new Map() };

/** One that nothing is known of yet. */
export const noAccount: AccountState = {
  account: undefined,
  people: new Map(),
  presence: new Map(),
  conversations: new Map(),
  members: new Map(),
  threads: new Map(),
  drafts: new Map(),
  typing: new Map(),
  messages: new Map(),
};

function withKey<T>(map: ByKey<T>, changes: readonly { key: string; value: T | null }[]): ByKey<T> {
  const next = new Map(map);
  for (const { key, value } of changes) {
    if (value === null) next.delete(key);
    else next.set(key, value);
  }
  return next;
}

type MessageChange = Extract<Change, { collection: 'messages' }>;

/** Ids of conversations may hold any character, so the last slash parts the key. */
function splitMessageKey(key: string): { conversationId: string; messageId: string } {
  const slash = key.lastIndexOf('/');
  return { conversationId: key.slice(0, slash), messageId: key.slice(slash + 1) };
}

function withMessages(messages: AccountState['messages'], changes: readonly MessageChange[]): AccountState['messages'] {
  const touched = new Map<string, Map<string, MessageView>>();
  for (const { key, value } of changes) {
    const { conversationId, messageId } = splitMessageKey(key);
    let stretch = touched.get(conversationId);
    if (!stretch) {
      stretch = new Map((messages.get(conversationId) ?? []).map((message) => [message.id, message]));
      touched.set(conversationId, stretch);
    }
    if (value === null) stretch.delete(messageId);
    else stretch.set(messageId, value);
  }
  const next = new Map(messages);
  for (const [conversationId, stretch] of touched) {
    if (stretch.size === 0) next.delete(conversationId);
    else
      next.set(
        conversationId,
        [...stretch.values()].toSorted((a, b) => a.order - b.order),
      );
  }
  return next;
}

function inCollection<C extends Change['collection']>(changes: readonly Change[], collection: C) {
  return changes.filter((change): change is Extract<Change, { collection: C }> => change.collection === collection);
}

function withChanges(state: AccountState, changes: readonly Change[]): AccountState {
  const next = { ...state };
  const collections = new Set(changes.map((change) => change.collection));
  for (const collection of collections) {
    switch (collection) {
      case 'account':
        next.account = inCollection(changes, 'account').at(-1)?.value ?? undefined;
        break;
      case 'messages':
        next.messages = withMessages(state.messages, inCollection(changes, 'messages'));
        break;
      case 'people':
        next.people = withKey(state.people, inCollection(changes, 'people'));
        break;
      case 'presence':
        next.presence = withKey(state.presence, inCollection(changes, 'presence'));
        break;
      case 'conversations':
        next.conversations = withKey(state.conversations, inCollection(changes, 'conversations'));
        break;
      case 'members':
        next.members = withKey(state.members, inCollection(changes, 'members'));
        break;
      case 'threads':
        next.threads = withKey(state.threads, inCollection(changes, 'threads'));
        break;
      case 'drafts':
        next.drafts = withKey(state.drafts, inCollection(changes, 'drafts'));
        break;
      case 'typing':
        next.typing = withKey(state.typing, inCollection(changes, 'typing'));
        break;
    }
  }
  return next;
}

function withAccountChanges(accounts: ClientState['accounts'], changes: readonly Change[]): ClientState['accounts'] {
  const next = new Map(accounts);
  for (const [key, ofAccount] of Map.groupBy(changes, (change) => change.account)) {
    next.set(key, withChanges(next.get(key) ?? noAccount, ofAccount));
  }
  return next;
}

/** Forgets accounts that were signed out. One whose values come before its name stays. */
function withoutGone(accounts: ClientState['accounts'], before: AppView, after: AppView): ClientState['accounts'] {
  if (before === after || before.phase !== 'ready' || after.phase !== 'ready') return accounts;
  const gone = before.accounts.filter((key) => !after.accounts.includes(key));
  if (gone.length === 0) return accounts;
  const next = new Map(accounts);
  for (const key of gone) next.delete(key);
  return next;
}

/** The state that a snapshot describes; nothing of an earlier one remains. */
export function fromSnapshot({ revision, app, changes }: Snapshot): ClientState {
  return { revision, app, accounts: withAccountChanges(new Map(), changes) };
}

/** Applies the next batch. An old one changes nothing; `null`: a revision is missing, a new snapshot is needed. */
export function withBatch(state: ClientState, batch: ChangeBatch): ClientState | null {
  if (batch.revision <= state.revision) return state;
  if (batch.revision !== state.revision + 1) return null;
  const app = batch.app ?? state.app;
  if (batch.changes.length === 0 && app === state.app) return { ...state, revision: batch.revision };
  const accounts = withoutGone(state.accounts, state.app, app);
  return { revision: batch.revision, app, accounts: withAccountChanges(accounts, batch.changes) };
}
