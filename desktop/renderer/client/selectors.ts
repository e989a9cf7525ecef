import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { Presence } from '@parley/shared/contract/entities/presence.ts';
import { countHeard } from '@parley/shared/model/heard-count.ts';
import type {
  AccountKey,
  AccountView,
  AppView,
  Collections,
  ConversationView,
  MemberView,
  MessageView,
  PersonView,
  ThreadView,
} from '../../engine/api/views.ts';
import { useNow } from './use-now.ts';
import { type AccountState, type ClientState, noAccount } from './client-state.ts';
import { useAccountKey, useClient } from './engine-context.ts';

const none: readonly never[] = [];

export function useApp(): AppView {
  return useClient((state) => state.app);
}

function useAccountState<T>(select: (account: AccountState) => T): T | undefined {
  const key = useAccountKey();
  return useClient((state) => {
    const account = state.accounts.get(key);
    return account && select(account);
  });
}

/** The person who is signed in; missing for a moment while the account is being opened. */
export function useAccount(): AccountView | undefined {
  return useAccountState((state) => state.account);
}

/** What others see of whoever is signed in. */
export function useOwnName(): string | undefined {
  return useAccountState(({ account }) => account?.name);
}

export function usePerson(userId: string | undefined): PersonView | undefined {
  return useAccountState((state) => (userId === undefined ? undefined : state.people.get(userId)));
}

/** Everybody this account has to do with, in no order. */
export function usePeople(): ReadonlyMap<string, PersonView> {
  const people = useAccountState((state) => state.people);
  return useMemo(() => people ?? new Map<string, PersonView>(), [people]);
}

export function usePresence(userId: string | undefined): Presence | undefined {
  return useAccountState((state) => (userId === undefined ? undefined : state.presence.get(userId)));
}

export function useAllPresence(): ReadonlyMap<string, Presence> {
  const presence = useAccountState((state) => state.presence);
  return useMemo(() => presence ?? new Map<string, Presence>(), [presence]);
}

export function useConversation(id: string | undefined): ConversationView | undefined {
  return useAccountState((state) => (id === undefined ? undefined : state.conversations.get(id)));
}

/** All conversations of this account, the one something last happened in first. */
export function useConversations(): readonly ConversationView[] {
  const conversations = useAccountState((state) => state.conversations);
  return useMemo(() => [...(conversations?.values() ?? [])].toSorted(byActivity), [conversations]);
}

export function byActivity(a: ConversationView, b: ConversationView): number {
  const byId = a.id < b.id ? -1 : 1;
  if (a.activeAt === b.activeAt) return byId;
  return (b.activeAt ?? Infinity) - (a.activeAt ?? Infinity);
}

function accountKeys({ app }: ClientState): readonly AccountKey[] {
  return app.phase === 'ready' ? app.accounts : none;
}

/** A part of every account that is signed in, in the order they came. */
function useOfAll<T>(select: (account: AccountState) => T): readonly (readonly [AccountKey, T])[] {
  const keys = useClient(accountKeys);
  const parts = useClient(useShallow((state) => keys.map((key) => select(state.accounts.get(key) ?? noAccount))));
  return useMemo(() => parts.map((part, index) => [keys[index] ?? '', part] as const), [keys, parts]);
}

export interface SignedInAccount {
  key: AccountKey;
  account: AccountView;
}

/** The accounts that are signed in and opened. */
export function useAccounts(): readonly SignedInAccount[] {
  const accounts = useOfAll((state) => state.account);
  return useMemo(() => accounts.flatMap(([key, account]) => (account ? [{ key, account }] : [])), [accounts]);
}

/** A conversation and whose it is: two accounts may have one of the same id. */
export interface ListedConversation {
  account: AccountKey;
  conversation: ConversationView;
}

/** The conversations of all accounts, the one something last happened in first. */
export function useAllConversations(): readonly ListedConversation[] {
  const ofAccounts = useOfAll((state) => state.conversations);
  return useMemo(
    () =>
      ofAccounts
        .flatMap(([account, conversations]) =>
          [...conversations.values()].map((conversation) => ({ account, conversation })),
        )
        .toSorted((a, b) => byActivity(a.conversation, b.conversation)),
    [ofAccounts],
  );
}

/** Somebody, and the account that knows them. */
export interface ListedPerson {
  account: AccountKey;
  person: PersonView;
}

/** Everybody whom some account has to do with, in no order. */
export function useAllPeople(): readonly ListedPerson[] {
  const ofAccounts = useOfAll((state) => state.people);
  return useMemo(
    () => ofAccounts.flatMap(([account, people]) => [...people.values()].map((person) => ({ account, person }))),
    [ofAccounts],
  );
}

/** The stretch that is shown of a conversation; missing until `openThread` is answered. */
export function useThread(conversationId: string): ThreadView | undefined {
  return useAccountState((state) => state.threads.get(conversationId));
}

/** The messages of the stretch, as they stand on screen. */
export function useMessages(conversationId: string): readonly MessageView[] {
  return useAccountState((state) => state.messages.get(conversationId)) ?? none;
}

/** Who is in a group, while its thread is open. */
export function useMembers(conversationId: string): readonly MemberView[] {
  return useAccountState((state) => state.members.get(conversationId)) ?? none;
}

/** User ids of those typing now. */
export function useTyping(conversationId: string): readonly string[] {
  return useAccountState((state) => state.typing.get(conversationId)) ?? none;
}

/** What another device left in the composer. */
export function useForeignDraft(conversationId: string): Collections['drafts'] | undefined {
  return useAccountState((state) => state.drafts.get(conversationId));
}

/** Unread messages over all conversations that their person wants to hear of; 100 in one of them stands for more than 99. */
export function useHeardTotal(): number {
  const conversations = useAllConversations();
  const now = useNow(60_000);
  return useMemo(
    () =>
      countHeard(
        conversations.map(({ conversation }) => conversation),
        now,
      ).messages,
    [conversations, now],
  );
}
