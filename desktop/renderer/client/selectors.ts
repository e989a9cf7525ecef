import { useMemo } from 'react';
import type { Presence } from '@parley/shared/contract/entities/presence.ts';
import type {
  AccountView,
  AppView,
  Collections,
  ConversationView,
  MemberView,
  MessageView,
  PersonView,
  ThreadView,
} from '../../engine/api/views.ts';
import type { AccountState } from './client-state.ts';
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

/** All conversations, the one something last happened in first. */
export function useConversations(): readonly ConversationView[] {
  const conversations = useAccountState((state) => state.conversations);
  return useMemo(() => [...(conversations?.values() ?? [])].toSorted(byActivity), [conversations]);
}

export function byActivity(a: ConversationView, b: ConversationView): number {
  return b.activeAt - a.activeAt || (a.id < b.id ? -1 : 1);
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

/** Unread messages over all conversations; 100 in one of them stands for more than 99. */
export function useUnreadTotal(): number {
  const conversations = useAccountState((state) => state.conversations);
  return useMemo(() => {
    let total = 0;
    for (const conversation of conversations?.values() ?? []) total += conversation.unread;
    return total;
  }, [conversations]);
}
