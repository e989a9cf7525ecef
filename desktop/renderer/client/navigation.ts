import { createContext, useCallback, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AccountKey } from '../../engine/api/views.ts';
import { useAccountKey } from './engine-context.ts';

/** One dialog at a time; each says what it needs to start. */
export type OpenDialog =
  | { kind: 'switcher' }
  | { kind: 'new-conversation' }
  | { kind: 'add-contact'; email?: string }
  | { kind: 'new-group'; title?: string; memberIds?: readonly string[] }
  | { kind: 'add-members'; conversationId: string }
  | { kind: 'rename-contact'; userId: string }
  | { kind: 'remove-contact'; userId: string }
  | { kind: 'rename-group'; conversationId: string }
  | { kind: 'remove-member'; conversationId: string; userId: string }
  | { kind: 'leave-group'; conversationId: string }
  | { kind: 'sign-in-again'; account: AccountKey }
  | { kind: 'sign-out'; account: AccountKey }
  | { kind: 'shortcuts' };

export type SettingsSection =
  | 'profile'
  | 'accounts'
  | 'appearance'
  | 'notifications'
  | 'language'
  | 'keyboard'
  | 'computer'
  | 'about';

/** What the person has read and closed; it stays away until the page is loaded anew. */
export type ClosedBanner = 'keychain' | 'memory' | 'cannot-notify' | 'update-offered' | 'update-ready';

/** Where the person is in the window. It belongs to this window only and is not kept. */
export interface Navigation {
  /** Which account everything is about that belongs to one; missing or signed out: the first. */
  account?: AccountKey | undefined;
  /** Of `account`. */
  conversationId?: string | undefined;
  settings?: SettingsSection | undefined;
  isDetailsOpen: boolean;
  dialog?: OpenDialog | undefined;
  /** In place of everything: signing in to one more account, at `address` where one is known. */
  addAccount?: { address?: string } | undefined;
  closedBanners: readonly ClosedBanner[];
}
export type NavigationStore = StoreApi<Navigation>;

export function createNavigation(): NavigationStore {
  return createStore<Navigation>(() => ({ isDetailsOpen: false, closedBanners: [] }));
}

const NavigationContext = createContext<NavigationStore | null>(null);
export const NavigationProvider = NavigationContext.Provider;

function useNavigationStore(): NavigationStore {
  const store = useContext(NavigationContext);
  if (!store) throw new Error('There is no NavigationProvider above this component');
  return store;
}

export function useNavigation<T>(select: (navigation: Navigation) => T): T {
  return useStore(useNavigationStore(), select);
}

/** Changes where the person is: `const go = useGo(); go({ dialog: { kind: 'switcher' } })`. */
export function useGo(): (change: Partial<Navigation>) => void {
  return useNavigationStore().setState;
}

/** Shows a conversation, whatever was in front of it. */
export function conversationInFront(account: AccountKey, conversationId: string): Partial<Navigation> {
  return { account, conversationId, settings: undefined, dialog: undefined, addAccount: undefined };
}

/** The conversation that is in front, where it is one of the surrounding account. */
export function useConversationInFront(): string | undefined {
  const account = useAccountKey();
  return useNavigation((navigation) => (navigation.account === account ? navigation.conversationId : undefined));
}

/** Shows a conversation of the surrounding account. */
export function useShowConversation(): (conversationId: string) => void {
  const go = useGo();
  const account = useAccountKey();
  return useCallback((conversationId) => go(conversationInFront(account, conversationId)), [go, account]);
}
